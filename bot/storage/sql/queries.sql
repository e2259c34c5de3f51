-- name: first_time(event, now)!
-- Mark an event as handled; changes no row where it was handled before.
insert into handled (event, handled_at) values (:event, :now) on conflict (event) do nothing;

-- name: conversation_of(resident)^
select resident, language, language_chosen, question, misses, given, awaiting, reachable, updated_at, path, said, ticket,
    held, facility, offered
from conversation where resident = :resident;

-- name: unanswered(before)
-- Whose words have waited since then for their word whether it is a complaint.
select resident, language, language_chosen, question, misses, given, awaiting, reachable, updated_at, path, said, ticket,
    held, facility, offered
from conversation where held_since is not null and held_since <= :before order by held_since;

-- name: save_conversation!
insert into conversation
    (resident, language, language_chosen, question, misses, given, awaiting, reachable, updated_at, path, said, ticket,
     held, held_since, facility, offered)
values
    (:resident, :language, :language_chosen, :question, :misses, :given, :awaiting, :reachable, :updated_at, :path,
     :said, :ticket, :held, :held_since, :facility, :offered)
on conflict (resident) do update set
    language = excluded.language, language_chosen = excluded.language_chosen, question = excluded.question,
    misses = excluded.misses, given = excluded.given, awaiting = excluded.awaiting,
    reachable = excluded.reachable, updated_at = excluded.updated_at, path = excluded.path,
    said = excluded.said, ticket = excluded.ticket, held = excluded.held, held_since = excluded.held_since,
    facility = excluded.facility, offered = excluded.offered;

-- name: last_ticket_id()$
-- The counter never goes back, so that deleting old tickets cannot reuse a number.
select value from counter where name = 'ticket';

-- name: count_ticket(id)!
update counter set value = max(value, :id) where name = 'ticket';

-- name: ticket_by_id(id)^
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at, desk, path, chosen, top, tags, alerts, snoozed_until, replied_at, earlier, turn,
    merged_into, ward_tags
from ticket where id = :id;

-- name: active_ticket_of(resident)^
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at, desk, path, chosen, top, tags, alerts, snoozed_until, replied_at, earlier, turn,
    merged_into, ward_tags
from ticket where resident = :resident and status in ('open', 'claimed');

-- name: settling_ticket_of(resident)^
-- What staff have finished and the resident has not settled.
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at, desk, path, chosen, top, tags, alerts, snoozed_until, replied_at, earlier, turn,
    merged_into, ward_tags
from ticket where resident = :resident and status = 'resolved' order by id desc limit 1;

-- name: tickets_not_closed()
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at, desk, path, chosen, top, tags, alerts, snoozed_until, replied_at, earlier, turn,
    merged_into, ward_tags
from ticket where status <> 'closed' order by id;

-- name: all_tickets()
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at, desk, path, chosen, top, tags, alerts, snoozed_until, replied_at, earlier, turn,
    merged_into, ward_tags
from ticket order by id;

-- name: save_ticket!
insert into ticket
    (id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
     opened_at, touched_at, desk, path, chosen, top, tags, alerts, snoozed_until, replied_at, earlier, turn,
     merged_into, ward_tags)
values
    (:id, :resident, :status, :language, :question, :reason, :given, :holder, :holder_name, :former_holder,
     :no_reply, :opened_at, :touched_at, :desk, :path, :chosen, :top, :tags, :alerts, :snoozed_until, :replied_at,
     :earlier, :turn, :merged_into, :ward_tags)
on conflict (id) do update set
    status = excluded.status, reason = excluded.reason, holder = excluded.holder, holder_name = excluded.holder_name,
    former_holder = excluded.former_holder, no_reply = excluded.no_reply, touched_at = excluded.touched_at,
    given = excluded.given, desk = excluded.desk, tags = excluded.tags, ward_tags = excluded.ward_tags, alerts = excluded.alerts,
    snoozed_until = excluded.snoozed_until, replied_at = excluded.replied_at, turn = excluded.turn,
    merged_into = excluded.merged_into;

-- name: ticket_of_card(chat, message)$
select ticket from card where chat = :chat and message = :message;

-- name: card_at(chat, message)^
select ticket, is_main, draft, origin from card where chat = :chat and message = :message;

-- name: has_stood_in(ticket, chat)$
-- Whether a ticket was ever shown in a chat.
select exists (select 1 from card where ticket = :ticket and chat = :chat);

-- name: cards_of(ticket)
select chat, message from card where ticket = :ticket;

-- name: shown_of(ticket)
select chat, message from shown where ticket = :ticket;

-- name: save_shown(chat, message, ticket)!
insert into shown (chat, message, ticket) values (:chat, :message, :ticket) on conflict do nothing;

-- name: written_of(ticket)
-- Where staff wrote what belongs to a ticket.
select distinct place from message where ticket = :ticket and place <> '';

-- name: is_forgotten(ticket)$
select count(*) from ticket where id = :ticket and resident = '';

-- name: main_card_of(ticket)^
select chat, message from card where ticket = :ticket and is_main = 1;

-- name: leave_card(ticket, chat)!
update card set is_main = 0 where ticket = :ticket and chat = :chat and is_main = 1;

-- name: remember_topic_in(ticket, chat)!
insert into former_topic (chat, thread, ticket) select chat, thread, ticket from topic
where ticket = :ticket and chat = :chat
on conflict (chat, thread) do update set ticket = excluded.ticket;

-- name: leave_topic(ticket, chat)!
delete from topic where ticket = :ticket and chat = :chat;

-- name: drop_main_card(ticket)!
update card set is_main = 0 where ticket = :ticket and is_main = 1;

-- name: save_card!
insert into card (chat, message, ticket, is_main, draft, origin)
values (:chat, :message, :ticket, :is_main, :draft, :origin)
on conflict (chat, message) do update set
    ticket = excluded.ticket, is_main = excluded.is_main, draft = excluded.draft, origin = excluded.origin;

-- name: messages_of(ticket)
select ticket, author, name, text, place, quoted, desk from message where ticket = :ticket order by id;

-- name: save_message!
insert into message (ticket, author, name, text, place, quoted, desk, written_at)
values (:ticket, :author, :name, :text, :place, :quoted, :desk, :written_at);

-- name: written_at_desk(place)^
-- What staff wrote in a message: the newest wording of a reply that went out, or a note.
select ticket, author, name, text, place, quoted, desk from message
where place = :place and author in ('staff', 'note') order by id desc limit 1;

-- name: words_at(ticket, place)$
-- The newest wording of a resident's message.
select text from message where place = :place and ticket = :ticket and author = 'resident' order by id desc limit 1;

-- name: amend_note(place, text)!
update message set text = :text where place = :place and author = 'note';

-- name: tickets_of(resident)
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at, desk, path, chosen, top, tags, alerts, snoozed_until, replied_at, earlier, turn,
    merged_into, ward_tags
from ticket where resident = :resident order by id desc;

-- name: find_tickets(words, desk)
-- A facility finds nothing by what is the ward's.
select id, resident, status, language, question, reason, given, holder, holder_name, former_holder, no_reply,
    opened_at, touched_at, desk, path, chosen, top, tags, alerts, snoozed_until, replied_at, earlier, turn,
    merged_into, ward_tags
from ticket
where cast(id as text) = :words or instr(question, :words) or instr(tags, '"' || :words || '"')
    or (:desk = 'ward' and instr(ward_tags, '"' || :words || '"'))
    or id in (select ticket from message where instr(text, :words) and (:desk = 'ward' or message.desk <> 'ward'))
order by id desc limit 20;

-- name: ahead_of(id)$
select count(*) from ticket where status = 'open' and id < :id;

-- name: last_replied()
select opened_at, replied_at from ticket where replied_at is not null order by replied_at desc limit 20;

-- name: records_of(resident)$
select count(*) from record where resident = :resident;

-- name: draft_by_id(id)^
select id, ticket, staff, name, text, faults, place, origin, quoted, is_picked, is_asked from draft where id = :id;

-- name: draft_at(place)^
select id, ticket, staff, name, text, faults, place, origin, quoted, is_picked, is_asked from draft
where place = :place order by id desc limit 1;

-- name: asked_draft(ticket)^
-- The newest one whose reason has been asked for.
select id, ticket, staff, name, text, faults, place, origin, quoted, is_picked, is_asked from draft
where ticket = :ticket and is_asked = 1 order by id desc limit 1;

-- name: newest_draft(ticket, staff)^
select id, ticket, staff, name, text, faults, place, origin, quoted, is_picked, is_asked from draft
where ticket = :ticket and staff = :staff
order by id desc limit 1;

-- name: last_draft_id()$
select coalesce((select seq from sqlite_sequence where name = 'draft'), 0);

-- name: save_draft!
insert into draft (id, ticket, staff, name, text, faults, place, origin, quoted, is_picked, is_asked, made_at)
values (:id, :ticket, :staff, :name, :text, :faults, :place, :origin, :quoted, :is_picked, :is_asked, :made_at)
on conflict (id) do update set text = excluded.text, is_asked = excluded.is_asked;

-- name: drop_draft(id)!
delete from draft where id = :id;

-- name: save_audit!
insert into audit (event, actor, name, action, ticket, detail, place, desk, done_at)
values (:event, :actor, :name, :action, :ticket, :detail, :place, :desk, :done_at);

-- name: was_asked_for(place)$
select exists (select 1 from audit where place = :place and place <> '');

-- name: last_audit(desk)
-- What was done about tickets of another desk is left out.
select done_at, name, action, ticket, detail from audit
where not exists (select 1 from ticket where ticket.id = audit.ticket and ticket.desk <> :desk)
    and (:desk = 'ward' or audit.desk <> 'ward')
order by id desc limit 30;

-- name: save_record!
insert into record (event, resident, decision, reason, entry, version, score, decided_at)
values (:event, :resident, :decision, :reason, :entry, :version, :score, :decided_at);

-- name: put_out$
-- One message to send; its number.
insert into outbox (lane, priority, action, ticket, desk, state, attempts, detail, due_at)
values (:lane, :priority, :action, :ticket, :desk, 'pending', 0, '', :due_at) returning id;

-- name: desk_of(ticket)$
select coalesce((select desk from ticket where id = :ticket), '');

-- name: outbox_after(last, limit)
select id, action, lane, priority, attempts, desk
from outbox where state = 'pending' and id > :last order by id limit :limit;

-- name: keep_delivery(id, state, detail)!
-- The text of a message that needs no more sending is not kept a second time, nor whom it was for.
update outbox set state = :state, action = '', lane = '', detail = :detail where id = :id;

-- name: note_attempt(id, detail)!
update outbox set attempts = attempts + 1, detail = :detail where id = :id;

-- name: topic_of(ticket)^
select chat, thread from topic where ticket = :ticket;

-- name: ticket_of_topic(chat, thread)$
select ticket from topic where chat = :chat and thread = :thread
union all
select ticket from former_topic where chat = :chat and thread = :thread
limit 1;

-- name: former_topics_of(ticket)
select chat, thread from former_topic where ticket = :ticket;

-- name: remember_topic(ticket)!
insert into former_topic (chat, thread, ticket) select chat, thread, ticket from topic where ticket = :ticket
on conflict (chat, thread) do update set ticket = excluded.ticket;

-- name: save_topic!
insert into topic (ticket, chat, thread) values (:ticket, :chat, :thread)
on conflict (ticket) do update set chat = excluded.chat, thread = excluded.thread;

-- name: drop_topic(ticket)!
delete from topic where ticket = :ticket;

-- name: take_in(id, number, lane, body, token, received_at)$
-- An update that came before changes nothing and gives no id back.
insert into inbox (id, number, lane, body, state, error, token, received_at)
values (:id, :number, :lane, :body, 'new', '', :token, :received_at)
on conflict (id) do nothing returning id;

-- name: count_attempts(channel)!
-- The oldest update of each chat may be what brought the program down. Three times is a suspicion, not more: a program
-- that is stopped again and again while much waits is nobody's fault.
update inbox set attempts = attempts + 1
where state = 'new' and token <> '' and attempts < 3 and substr(id, 1, length(:channel) + 1) = :channel || ':'
    and (lane, number) in (select lane, min(number) from inbox where state = 'new' group by lane);

-- name: take_over(token, channel)!
update inbox set token = :token where state = 'new' and substr(id, 1, length(:channel) + 1) = :channel || ':';

-- name: note_tried(id, token)!
update inbox set attempts = attempts + 1 where id = :id and token = :token and state = 'new';

-- name: pending(first, token, limit)
select id, number, lane, body, token, attempts from inbox
where state = 'new' and number >= :first and (:token = '' or token = :token) order by number limit :limit;

-- name: pending_in(lane, token, limit)
select id, number, lane, body, token, attempts from inbox
where state = 'new' and lane = :lane and token = :token order by number limit :limit;

-- name: pending_after(lane, last, token, limit)
select id, number, lane, body, token, attempts from inbox
where state = 'new' and lane = :lane and token = :token and number > :last order by number limit :limit;

-- name: settle(id, token, state, error)!
-- The text of an update that was handled is not kept a second time.
update inbox set state = :state, error = :error, body = case when :state = 'done' then '' else body end
where id = :id and token = :token and state = 'new';

-- name: note_moved(old, new)!
insert into moved (old, new) values (:old, :new) on conflict (old) do update set new = excluded.new;

-- name: moved()
select old, new from moved;

-- name: refusals()
select place, part, cause, detail, since from refusal order by place, part;

-- name: save_refusal!
insert into refusal (place, part, cause, detail, since) values (:place, :part, :cause, :detail, :since)
on conflict (place, part) do update set cause = excluded.cause, detail = excluded.detail;

-- name: drop_refusal(place, part)!
delete from refusal where place = :place and part = :part;

-- name: waiting_for_desk()
select ticket, action from outbox where state = 'pending' and ticket is not null and priority = 1;

-- name: park(resident, ticket, action, parked_at)!
insert into parked (resident, ticket, action, parked_at) values (:resident, :ticket, :action, :parked_at);

-- name: parked_for(resident)
select parked.action, coalesce((select status from ticket where ticket.id = parked.ticket), 'closed')
from parked where resident = :resident order by id;

-- name: drop_parked(resident)!
delete from parked where resident = :resident;

-- name: notices()
select kind, text, who, since, until from notice;

-- name: save_notice!
insert into notice (kind, text, who, since, until) values (:kind, :text, :who, :since, :until)
on conflict (kind) do update set text = excluded.text, who = excluded.who, since = excluded.since, until = excluded.until;

-- name: drop_notice(kind)!
delete from notice where kind = :kind;

-- name: put_off_of(resident)^
select resident, ticket, who, reason, until, told_at from put_off where resident = :resident;

-- name: put_off_under(ticket)^
select resident, ticket, who, reason, until, told_at from put_off where ticket = :ticket;

-- name: nameless_put_offs(mark)
select resident, ticket, who, reason, until, told_at from put_off where substr(resident, 1, length(:mark)) = :mark;

-- name: expired_put_offs(now)
select resident, ticket, who, reason, until, told_at from put_off where until <= :now;

-- name: save_put_off!
insert into put_off (resident, ticket, who, reason, until, told_at)
values (:resident, :ticket, :who, :reason, :until, :told_at)
on conflict (resident) do update set
    ticket = excluded.ticket, who = excluded.who, reason = excluded.reason, until = excluded.until,
    told_at = excluded.told_at;

-- name: drop_put_off(resident)!
delete from put_off where resident = :resident;
