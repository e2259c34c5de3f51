-- A group that became a supergroup has another id; config.yaml still says the old one.
create table moved (
    old integer primary key,
    new integer not null
) strict;
