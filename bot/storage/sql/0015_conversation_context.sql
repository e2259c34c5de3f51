-- What a message that cannot stand alone is read with: the resident's facility and the entries offered last.
alter table conversation add column facility text not null default '';
alter table conversation add column offered text not null default '[]';
