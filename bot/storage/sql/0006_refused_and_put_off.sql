-- Groups that take nothing at the moment; what waits for people who cannot be reached; pauses and notices; people who are
-- not served for a time.
create table refusal (
    place text not null check (place in ('facility', 'ward', 'admins')),
    part text not null check (part in ('messages', 'topics')),
    cause text not null,
    detail text not null,
    since text not null,
    primary key (place, part)
) strict, without rowid;

create table parked (
    id integer primary key,
    resident text not null,
    ticket integer not null,
    action text not null,
    parked_at text not null
) strict;

create index parked_by_resident on parked (resident, id);

create table notice (
    kind text primary key check (kind in ('pause', 'banner')),
    text text not null,
    who text not null,
    since text not null,
    until text
) strict, without rowid;

create table put_off (
    resident text primary key,
    ticket integer not null,
    who text not null,
    reason text not null,
    until text not null,
    told_at text
) strict, without rowid;
