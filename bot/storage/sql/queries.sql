-- name: first_time(event, now)!
-- Mark an event as handled; changes no row where it was handled before.
insert into handled (event, handled_at) values (:event, :now) on conflict (event) do nothing;

-- name: conversation_of(resident)^
select resident, language, language_chosen, question, misses, given, awaiting, reachable, updated_at
from conversation where resident = :resident;

-- name: save_conversation!
insert into conversation
    (resident, language, language_chosen, question, misses, given, awaiting, reachable, updated_at)
values
    (:resident, :language, :language_chosen, :question, :misses, :given, :awaiting, :reachable, :updated_at)
on conflict (resident) do update set
    language = excluded.language, language_chosen = excluded.language_chosen, question = excluded.question,
    misses = excluded.misses, given = excluded.given, awaiting = excluded.awaiting,
    reachable = excluded.reachable, updated_at = excluded.updated_at;

-- name: last_ticket_id()$
-- The counter never goes back, so that deleting old tickets cannot reuse a number.
select value from counter where name = 'ticket';

-- name: count_ticket(id)!
update counter set value = max(value, :id) where name = 'ticket';

-- name: ticket_by_id(id)^
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at
from ticket where id = :id;

-- name: active_ticket_of(resident)^
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at
from ticket where resident = :resident and status in ('open', 'claimed');

-- name: tickets_not_closed()
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at
from ticket where status <> 'closed' order by id;

-- name: all_tickets()
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at
from ticket order by id;

-- name: save_ticket!
insert into ticket
    (id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
     opened_at, touched_at)
values
    (:id, :resident, :status, :language, :question, :reason, :given, :holder, :holder_name, :former_holder,
     :no_reply, :opened_at, :touched_at)
on conflict (id) do update set
    status = excluded.status, holder = excluded.holder, holder_name = excluded.holder_name,
    former_holder = excluded.former_holder, no_reply = excluded.no_reply, touched_at = excluded.touched_at;

-- name: ticket_of_card(chat, message)$
select ticket from card where chat = :chat and message = :message;

-- name: main_card_of(ticket)^
select chat, message from card where ticket = :ticket and is_main = 1;

-- name: drop_main_card(ticket)!
update card set is_main = 0 where ticket = :ticket and is_main = 1;

-- name: save_card!
insert into card (chat, message, ticket, is_main) values (:chat, :message, :ticket, :is_main)
on conflict (chat, message) do update set ticket = excluded.ticket, is_main = excluded.is_main;

-- name: messages_of(ticket)
select ticket, author, name, text from message where ticket = :ticket order by id;

-- name: save_message!
insert into message (ticket, author, name, text, written_at) values (:ticket, :author, :name, :text, :written_at);

-- name: save_record!
insert into record (event, resident, decision, reason, entry, version, score, decided_at)
values (:event, :resident, :decision, :reason, :entry, :version, :score, :decided_at);

-- name: put_out!
-- One message to send.
insert into outbox (lane, priority, action, state, attempts, detail, due_at)
values (:lane, :priority, :action, 'pending', 0, '', :due_at);

-- name: outbox_after(last, limit)
select id, action, lane, priority, attempts from outbox where state = 'pending' and id > :last
order by id limit :limit;

-- name: keep_delivery(id, state, detail)!
-- The text of a message that needs no more sending is not kept a second time.
update outbox set state = :state, action = '', detail = :detail where id = :id;

-- name: note_attempt(id, detail)!
update outbox set attempts = attempts + 1, detail = :detail where id = :id;

-- name: topic_of(ticket)^
select chat, thread from topic where ticket = :ticket;

-- name: ticket_of_topic(chat, thread)$
select ticket from topic where chat = :chat and thread = :thread;

-- name: save_topic!
insert into topic (ticket, chat, thread) values (:ticket, :chat, :thread)
on conflict (ticket) do update set chat = excluded.chat, thread = excluded.thread;

-- name: drop_topic(ticket)!
delete from topic where ticket = :ticket;

-- name: take_in(id, lane, body, token, received_at)$
-- An update that came before changes nothing and gives no number back.
insert into inbox (id, lane, body, state, error, token, received_at)
values (:id, :lane, :body, 'new', '', :token, :received_at)
on conflict (id) do nothing returning id;

-- name: count_attempts()!
-- The oldest update of each chat may be what brought the program down.
update inbox set attempts = attempts + 1
where state = 'new' and token <> '' and id in (select min(id) from inbox where state = 'new' group by lane);

-- name: take_over(token)!
update inbox set token = :token where state = 'new';

-- name: pending(limit)
select id, lane, body, token, attempts from inbox where state = 'new' order by id limit :limit;

-- name: settle(id, token, state, error)!
-- The text of an update that was handled is not kept a second time.
update inbox set state = :state, error = :error, body = case when :state = 'done' then '' else body end
where id = :id and token = :token and state = 'new';
