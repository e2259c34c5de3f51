create table conversation (
    resident text primary key,
    language text not null,
    language_chosen integer not null check (language_chosen in (0, 1)),
    question text not null,
    misses integer not null,
    given text not null,
    awaiting text not null check (awaiting in ('anything', 'question_for_person')),
    reachable integer not null check (reachable in (0, 1)),
    updated_at text not null
) strict;

create table ticket (
    id integer primary key,
    resident text not null,
    status text not null check (status in ('open', 'claimed', 'resolved', 'closed')),
    language text not null,
    question text not null,
    reason text not null,
    given text not null,
    holder text,
    holder_name text,
    former_holder text not null,
    no_reply integer not null check (no_reply in (0, 1)),
    opened_at text not null,
    touched_at text not null
) strict;

create unique index one_active_ticket on ticket (resident) where status in ('open', 'claimed');
create index ticket_by_status on ticket (status, id);

create table counter (
    name text primary key,
    value integer not null
) strict;

insert into counter (name, value) values ('ticket', 0);

create table message (
    id integer primary key,
    ticket integer not null references ticket (id),
    author text not null check (author in ('resident', 'staff', 'note')),
    name text not null,
    text text not null,
    written_at text not null
) strict;

create index message_by_ticket on message (ticket, id);

create table record (
    id integer primary key,
    event text not null,
    resident text not null,
    decision text not null,
    reason text not null,
    entry text not null,
    version integer not null,
    score real not null,
    decided_at text not null
) strict;

create table handled (
    event text primary key,
    handled_at text not null
) strict, without rowid;

create table inbox (
    id integer primary key,
    lane text not null,
    body text not null,
    state text not null check (state in ('new', 'done', 'failed')),
    error text not null,
    received_at text not null
) strict;

create index inbox_waiting on inbox (id) where state = 'new';

create table outbox (
    id integer primary key,
    lane text not null,
    action text not null,
    state text not null check (state in ('pending', 'sent', 'failed')),
    attempts integer not null,
    detail text not null,
    due_at text not null
) strict;

create index outbox_waiting on outbox (lane, id) where state = 'pending';

create table card (
    chat text not null,
    message text not null,
    ticket integer not null references ticket (id),
    is_main integer not null check (is_main in (0, 1)),
    primary key (chat, message)
) strict, without rowid;

create unique index one_main_card on card (ticket) where is_main = 1;
