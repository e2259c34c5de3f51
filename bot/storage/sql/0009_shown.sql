-- Where staff were shown something about tickets beside their cards: a list, a search, a story, a part of a long message.
create table shown (
    chat text not null,
    message text not null,
    ticket integer not null,
    primary key (chat, message, ticket)
) strict, without rowid;

create index shown_by_ticket on shown (ticket);
