-- name: ids_of(resident)
select id from ticket where resident = :resident;

-- name: forget_conversation(resident)!
delete from conversation where resident = :resident;

-- name: forget_words_of(ticket)!
delete from message where ticket = :ticket;

-- name: forget_drafts_of(ticket)!
delete from draft where ticket = :ticket;

-- name: forget_cards_of(ticket)!
delete from card where ticket = :ticket;

-- name: forget_shown_of(ticket)!
delete from shown where ticket = :ticket;

-- name: forget_topic_of(ticket)!
delete from topic where ticket = :ticket;

-- name: forget_former_topics_of(ticket)!
delete from former_topic where ticket = :ticket;

-- name: forget_outbox_of(ticket, lane)!
-- What waits for the person or for their tickets' places is not sent any more.
delete from outbox where ticket = :ticket or lane = :lane or case when state = 'pending'
    then exists (select 1 from json_each(outbox.action, '$.tickets') where value = :ticket) else 0 end;

-- name: forget_details_of(ticket)!
-- What staff did stays; a tag, a reason or a name that they gave with it may be the person's.
update audit set detail = '' where ticket = :ticket;

-- name: forget_ticket(id)!
-- An anonymous row stays for the count: when, how long, what about; nobody's name and nobody's words.
update ticket set resident = '', status = 'closed', question = '', earlier = '[]', chosen = '[]', tags = '[]', ward_tags = '[]', path = '[]', former_holder = '',
    holder = null, holder_name = null
where id = :id;

-- name: forget_records(resident)!
update record set resident = '', event = '' where resident = :resident;

-- name: forget_put_off(resident, pseudonym, now)!
-- A time without this resident does not end by being forgotten: until it does, its end and whom it is for stay, without a
-- name. The number of the ticket is what staff know it by.
update put_off set resident = :pseudonym, who = '', reason = '', told_at = null
where resident = :resident and until > :now;

-- name: forget_old_put_off(resident)!
delete from put_off where resident = :resident;

-- name: forget_audit(resident)!
update audit set actor = '', event = '' where actor = :resident;

-- name: forget_updates(lane)!
-- The id stays, so that an update which is brought again is known and not taken in anew. What the person has written
-- since then waits to be handled and stays, too.
update inbox set lane = '', body = '', error = '', token = '' where lane = :lane and state <> 'new';

-- name: old_conversations(before)!
delete from conversation where updated_at < :before and not exists (
    select 1 from ticket where ticket.resident = conversation.resident and status in ('open', 'claimed', 'resolved'));

-- name: old_tickets(before)
select id from ticket where status = 'closed' and touched_at < :before and resident <> '';

-- name: nameless_records(before)!
-- A count needs no person: with the conversation goes the name.
update record set resident = '', event = '' where decided_at < :before and resident <> '';

-- name: old_records(before)!
delete from record where decided_at < :before;

-- name: old_audit(before)!
delete from audit where done_at < :before;

-- name: old_updates(before)!
delete from inbox where state <> 'new' and received_at < :before;

-- name: old_marks(before)!
delete from handled where handled_at < :before;

-- name: old_outbox(before)!
delete from outbox where state <> 'pending' and due_at < :before;

-- name: old_drafts(before)!
delete from draft where made_at < :before;

-- name: forget_parked(resident)!
delete from parked where resident = :resident;

-- name: old_parked(before)!
delete from parked where parked_at < :before;
