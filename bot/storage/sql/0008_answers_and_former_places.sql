-- What words answer; which message of a resident a message at the desk shows; where tickets stood before; joined tickets.
alter table ticket add column merged_into integer;

alter table message add column quoted text not null default '';

alter table card add column origin text not null default '';

alter table draft add column origin text not null default '';
alter table draft add column quoted text not null default '';
alter table draft add column is_picked integer not null default 0 check (is_picked in (0, 1));
alter table draft add column is_asked integer not null default 0 check (is_asked in (0, 1));
create index draft_by_place on draft (place) where place <> '';

create table former_topic (
    chat text not null,
    thread text not null,
    ticket integer not null references ticket (id),
    primary key (chat, thread)
) strict, without rowid;

create index former_topic_by_ticket on former_topic (ticket);
create index card_by_ticket on card (ticket);
