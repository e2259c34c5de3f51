-- What a desk needs all day: where a ticket belongs, how it came, tags, clocks; drafts of replies; who did what.
alter table conversation add column path text not null default '[]';

alter table ticket add column desk text not null default 'facility' check (desk in ('facility', 'ward'));
alter table ticket add column path text not null default '[]';
alter table ticket add column chosen text not null default '[]';
alter table ticket add column top text not null default '[]';
alter table ticket add column tags text not null default '[]';
alter table ticket add column alerts text not null default '[]';
alter table ticket add column snoozed_until text;
alter table ticket add column replied_at text;
create index ticket_by_resident on ticket (resident, id);

alter table message add column place text not null default '';
create index message_by_place on message (place) where place <> '';

alter table outbox add column ticket integer;
alter table card add column draft integer not null default 0;

create table draft (
    id integer primary key autoincrement,
    ticket integer not null references ticket (id),
    staff text not null,
    name text not null,
    text text not null,
    faults text not null,
    place text not null,
    made_at text not null
) strict;

create index draft_by_ticket on draft (ticket, id);

create table audit (
    id integer primary key,
    event text not null,
    actor text not null,
    name text not null,
    action text not null,
    ticket integer not null,
    detail text not null,
    done_at text not null
) strict;

create index audit_by_time on audit (done_at);
