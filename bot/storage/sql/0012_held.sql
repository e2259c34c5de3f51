-- What waits for a resident's word whether it is a complaint, and since when; it was told by the last step of the talk.
alter table conversation add column held text not null default '';
alter table conversation add column held_since text;

update conversation set
    held = json_array(updated_at, 1, ticket, '', json((
        select json_group_array(json_array(
            json_extract(value, '$[0]'), json_extract(value, '$[1]'), '', '', '', '', '', 0))
        from json_each(said) where ticket > 0 and json_extract(value, '$[0]') <> '…'))),
    held_since = updated_at,
    said = iif(ticket > 0, '[]', said)
where json_extract(path, '$[#-1]') = 'ward?';

create index conversation_by_held on conversation (held_since) where held_since is not null;
