-- Leases of updates; an outbox whose numbers never come back, with priorities; topics of tickets.
alter table inbox add column token text not null default '';
alter table inbox add column attempts integer not null default 0;
create index inbox_by_lane on inbox (lane, id) where state = 'new';

create table outbox_new (
    id integer primary key autoincrement,
    lane text not null,
    priority integer not null,
    action text not null,
    state text not null check (state in ('pending', 'sent', 'failed', 'unknown')),
    attempts integer not null,
    detail text not null,
    due_at text not null
) strict;

insert into outbox_new (id, lane, priority, action, state, attempts, detail, due_at)
select id, lane, 1, action, state, attempts, detail, due_at from outbox;
drop table outbox;
alter table outbox_new rename to outbox;
create index outbox_waiting on outbox (id) where state = 'pending';

create table topic (
    ticket integer primary key references ticket (id),
    chat text not null,
    thread text not null
) strict;

create unique index topic_by_thread on topic (chat, thread);
