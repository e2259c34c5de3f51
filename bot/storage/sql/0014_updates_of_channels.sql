-- Several channels bring updates: each has an id with its channel's name in front, and its number there says when it came.
create table inbox_new (
    id text primary key,
    number integer not null,
    lane text not null,
    body text not null,
    state text not null check (state in ('new', 'done', 'failed')),
    error text not null,
    received_at text not null,
    token text not null default '',
    attempts integer not null default 0
) strict;

insert into inbox_new (id, number, lane, body, state, error, received_at, token, attempts)
select 'tg:' || id, id, lane, body, state, error, received_at, token, attempts from inbox;
drop table inbox;
alter table inbox_new rename to inbox;
create index inbox_waiting on inbox (number) where state = 'new';
create index inbox_by_lane on inbox (lane, number) where state = 'new';
