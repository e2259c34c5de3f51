-- Which messages of staff asked something of us: whoever edits such a one hears what comes of the edit.
alter table audit add column place text not null default '';
create index audit_by_place on audit (place) where place <> '';
