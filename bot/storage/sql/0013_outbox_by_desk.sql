-- Whose desk a ticket was at when a message about it was decided: what was the ward's does not follow it to the facility.
alter table outbox add column desk text not null default '';
update outbox set desk = coalesce((select desk from ticket where id = outbox.ticket), '') where state = 'pending';
