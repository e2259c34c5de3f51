-- How often an entry was given, and what was decided for whom, are asked by entry and by time.
create index record_by_entry on record (entry, version) where entry <> '';
create index record_by_time on record (decided_at);
