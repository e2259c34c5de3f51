-- What a resident wrote since their last ticket; whose turn a ticket is; what was written before its question.
alter table conversation add column said text not null default '[]';
alter table conversation add column ticket integer not null default 0;
alter table ticket add column earlier text not null default '[]';
alter table ticket add column turn text not null default 'staff' check (turn in ('staff', 'resident', 'again'));

update ticket set turn = 'resident' where status = 'resolved' or (status = 'claimed' and replied_at is not null);
-- What already stands in a ticket is not the beginning of the next one.
update conversation set question = '', given = '[]', path = '[]', misses = 0
where exists (select 1 from ticket where ticket.resident = conversation.resident
              and ticket.question = conversation.question);
update conversation set ticket = coalesce((
    select id from ticket where ticket.resident = conversation.resident and status in ('open', 'claimed')), 0);
