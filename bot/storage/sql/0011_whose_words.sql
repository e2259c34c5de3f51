-- What is written, tagged and done at the ward's desk is the ward's, also when the ticket goes back to the facility.
alter table message add column desk text not null default 'facility' check (desk in ('facility', 'ward'));
alter table audit add column desk text not null default 'facility' check (desk in ('facility', 'ward'));
alter table ticket add column ward_tags text not null default '[]';

-- Of a ticket that the ward has now nobody knows any more what came from the facility: all of it is the ward's.
update message set desk = 'ward' where ticket in (select id from ticket where desk = 'ward');
update audit set desk = 'ward' where ticket in (select id from ticket where desk = 'ward');
update ticket set ward_tags = tags, tags = '[]' where desk = 'ward';
