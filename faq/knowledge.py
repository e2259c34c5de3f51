"""The knowledge base: the whole content of the FAQ's files, as one immutable value with a revision."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from faq.answer import Answer, first_sentence, render
from faq.content.decoy import Decoy, DecoyKind, Reply
from faq.content.document import Document, profile_of
from faq.content.entry import Entry, EntryGroup
from faq.content.example import Example
from faq.content.model import Phrasings
from faq.content.profile import Profile
from faq.content.provenance import Source
from faq.content.talk import Talk
from faq.content.window import Directory
from faq.facility import Facilities
from faq.forbidden_statement import Ban, bans_of
from faq.force import OutOfForce, in_force, out_of_force
from faq.language import Language, pick
from faq.matching.candidates import Keeper
from faq.matching.features import Features
from faq.matching.figures import Figures
from faq.matching.foreign import KnownWords
from faq.matching.fusion import UNFITTED, Fitted, Thresholds
from faq.matching.hearing import Hearing
from faq.matching.index import Phrasing
from faq.matching.kana_restore import Repair
from faq.matching.match import Complaint, Found, Heard, Kind, Match
from faq.matching.meaning import Encoder, Vectors
from faq.matching.message_reader import MessageReader
from faq.matching.negation import affirmed
from faq.matching.normalize import Folder
from faq.matching.parts import all_parts_of
from faq.matching.search import Search
from faq.matching.targets import Targets
from faq.matching.wishes import Recognised, Wishes
from faq.readings import Readings
from faq.window_text import describe_window, fill_windows, sources_told, windows_in

_NOTHING: Final = Document().model_dump_json(exclude={"examples", "phrasings", "talks"})
"""A file with phrasings only: which file has them does not affect the revision."""


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
    """Immutable; always replaced as a whole."""

    revision: str
    entries: Mapping[str, Entry]
    profile: Profile
    groups: Sequence[EntryGroup]
    sources: Mapping[str, Source]
    directory: Directory
    replies: Mapping[str, Reply]
    kinds: Mapping[str, DecoyKind]
    decoys: Mapping[str, Decoy]
    examples: Sequence[Example]
    talks: Sequence[Talk]
    phrasings: Sequence[Phrasing]
    bans: Sequence[Ban]
    topics: Mapping[str, str]
    """Entry id → name of its file, which is its topic."""
    thresholds: Thresholds
    finder: Search
    hearing: Hearing
    facilities: Facilities
    wishes: Wishes
    readings: Readings | None = None
    """Readings of texts, in a view of the base that serves one event."""

    def with_readings(self, readings: Readings) -> KnowledgeBase:
        """The same base, reading each text once."""
        return replace(self, readings=readings)

    @classmethod
    def build(
        cls,
        named: Mapping[str, Document],
        fitted: Fitted = UNFITTED,
        encoder: Encoder | None = None,
        vectors: Callable[[Sequence[str]], Vectors] | None = None,
        *,
        keeper: Keeper | None = None,
    ) -> KnowledgeBase:
        """A base from all files by name. They must be joined and free of errors, so that every reference exists."""
        files = list(named.values())
        profile = profile_of(files)
        entries = [e for f in files for e in f.entries]
        replies = [r for f in files for r in f.replies]
        decoys = [d for f in files for d in f.decoys]
        phrasings = phrasings_of(files)
        reader = reader_of(files, encoder if vectors is not None else None)
        tuned = fitted.tuned(encoder=reader.has_encoder)
        targets = Targets(phrasings, reader, tuned.network, vectors, keeper=keeper)
        ours = [word for f in files for word in f.ours]
        vocabulary = [word for f in files for group in f.synonyms for word in group]
        signals = [s for f in files for s in f.signals]
        sore = {signal.entry for signal in signals}
        hears = {window for e in entries if e.id in sore for window in e.windows}
        near = frozenset(e.id for e in entries if hears & set(e.windows))
        known = KnownWords([*(p.text for p in phrasings), *_labelled(files)])
        figures, courtesies = (
            Figures(word for r in replies if r.danger is danger for word in r.figures)
            for danger in (True, False)
        )
        features = Features(reader.encode, reader.in_kana, known)
        directory = Directory.of(
            (w for f in files for w in f.windows), (p for f in files for p in f.purposes)
        )
        digest = hashlib.sha256()
        for file in files:
            said = file.model_dump_json(exclude={"examples", "phrasings", "talks"})
            if not file.phrasings or said != _NOTHING:
                digest.update(said.encode())
        return cls(
            revision=digest.hexdigest()[:10],
            entries={e.id: e for e in entries},
            profile=profile,
            groups=[g for f in files for g in f.groups],
            sources={s.key: s for f in files for s in f.sources},
            directory=directory,
            replies={r.id: r for r in replies},
            kinds={k.id: k for f in files for k in f.kinds},
            decoys={d.id: d for d in decoys},
            examples=[e for f in files for e in f.examples],
            talks=[t for f in files for t in f.talks],
            phrasings=phrasings,
            bans=bans_of(entries),
            topics={e.id: _stem(name) for name, f in named.items() for e in f.entries},
            thresholds=tuned.thresholds,
            finder=Search(entries, replies, decoys, ours, reader, targets, vocabulary),
            hearing=Hearing(
                signals,
                tuned.ears,
                features,
                all_parts_of,
                near,
                directory.names(profile.municipality.values()),
                figures,
                courtesies,
            ),
            facilities=Facilities(directory.windows.values()),
            wishes=Wishes(f.wishes for f in files),
        )

    def search(self, text: str) -> Found:
        """What is heard in the message, and candidates for what it asks, best first."""
        found = self._found(text)
        heard = self._heard(text, found.reply)
        if found.reply in self.dangers and not heard.danger:
            found = self._found(text, by_words=False)
        matches = self._without_dangers(found) if self.hearing.has_ears else found.matches
        return replace(found, matches=matches, heard=heard, person=self.person)

    def hear(self, text: str) -> Heard:
        """What is heard in the message: words of danger count unless the detector clearly rejects them."""
        return self._heard(text, self.finder.said_by_words(text))

    def _heard(self, text: str, by_words: str) -> Heard:
        heard = self._sounds(text, by_words if by_words in self.dangers else "")
        if (said := self.finder.said_whole(text)) in self.dangers:
            return replace(heard, danger=said)
        if said:  # a courtesy alone carries nothing
            return replace(heard, danger="", complaint=Complaint.NO)
        if heard.complaint is Complaint.POSSIBLE and (asked := affirmed(text)) != text:
            # A refused matter sounds like a complaint, so the message is also heard without it.
            return replace(heard, complaint=min(heard.complaint, self.complaint_in(asked)))
        return heard

    def _found(self, text: str, *, by_words: bool = True) -> Found:
        if self.readings is None:
            return self.finder.search(text, by_words=by_words)
        asked = ("search", text, by_words)
        return self.readings.once(asked, lambda: self.finder.search(text, by_words=by_words))

    def _sounds(self, text: str, by_words: str = "") -> Heard:
        if self.readings is None:
            return self.hearing.hear(text, by_words)
        return self.readings.once(("hear", text, by_words), lambda: self.hearing.hear(text, by_words))

    def wish_in(self, text: str) -> Recognised | None:
        """The wish that a message is."""
        if self.readings is None:
            return self.wishes.of(text)
        return self.readings.once(("wish", text), lambda: self.wishes.of(text))

    def is_wish_alone(self, text: str) -> bool:
        """Whether a message is a wish and says nothing else."""
        found = self.wish_in(text)
        return found is not None and found.is_whole

    def complaint_in(self, text: str) -> Complaint:
        """How surely the text is a complaint, whatever else it contains."""
        return self._sounds(text).complaint

    def _without_dangers(self, found: Found) -> tuple[Match, ...]:
        """The candidates without danger replies where detectors exist, because only these decide about danger."""
        return tuple(m for m in found.matches if not (m.kind is Kind.REPLY and m.id in self.dangers))

    def danger_in(self, text: str) -> str:
        """Id of the reply to a danger in the text; empty where there is none."""
        return self.hear(text).danger

    def search_without_danger(self, text: str) -> Found:
        """Search for a message whose author says that nobody is in danger."""
        found = self._found(text, by_words=False)
        heard = replace(self._sounds(text), danger="")
        return replace(found, matches=self._without_dangers(found), heard=heard)

    @property
    def dangers(self) -> frozenset[str]:
        """Ids of the replies to dangers."""
        return frozenset(reply.id for reply in self.replies.values() if reply.danger)

    def answer(self, entry_id: str, language: Language, today: date, facility: str = "") -> Answer | None:
        """The entry's current text, for one's own facility; ``None`` where there is no such entry or it is not in force."""
        entry = self.entries.get(entry_id)
        if entry is None or not in_force(entry, today):
            return None
        titled = self._titled(entry_id)
        facility = "" if titled else facility  # an entry about one facility tells that one
        about = titled or facility
        return render(
            entry, self.directory, self.sources, self.profile, language, today, facility=facility, about=about
        )

    def gist(self, entry_id: str, language: Language, today: date) -> str:
        """The first sentence of the entry's current text; empty where it is not in force."""
        answer = self.answer(entry_id, language, today)
        return first_sentence(answer.core) if answer is not None else ""

    def out_of_force(self, entry_id: str, language: Language, today: date) -> OutOfForce | None:
        """Why an existing entry has no answer today, and where to ask instead."""
        entry = self.entries.get(entry_id)
        return out_of_force(entry, self.directory, language, today) if entry is not None else None

    def not_in_force(self, ids: Iterable[str], today: date) -> frozenset[str]:
        """Those of the entries that are not in force on that day."""
        return frozenset(i for i in ids if i in self.entries and not in_force(self.entries[i], today))

    def question(self, entry_id: str, language: Language) -> str:
        return pick(self.entries[entry_id].question, language)[1]

    def button(self, entry_id: str, language: Language) -> str:
        return pick(self.entries[entry_id].button, language)[1]

    def is_about_identity(self, entry_id: str) -> bool:
        """Whether readers of the entry may send a picture of an identity document."""
        entry = self.entries.get(entry_id)
        return entry is not None and entry.group in self.profile.identity_groups

    def purposes_of(self, entry_id: str) -> frozenset[str]:
        """The purposes for which the entry's answer names windows."""
        texts = self.entries[entry_id].texts()
        return frozenset(purpose for _, _, text in texts for _, purpose in windows_in(text))

    def first_purpose_of(self, entry_id: str) -> str:
        """The purpose of the first window in the entry's answer; empty where it has none."""
        pairs = windows_in(_in_japanese(self.entries[entry_id]))
        return pairs[0][1] if pairs else ""

    def window_for(self, purpose: str, language: Language, today: date) -> str:
        """Description of the window that entries name for a purpose; the one in the entry on complaints has
        precedence.

        Empty where no entry in force names one.
        """
        for entry_id in (self.hearing.entry, *self.entries):
            entry = self.entries.get(entry_id)
            if entry is None or not in_force(entry, today):
                continue
            for window, named in windows_in(_in_japanese(entry)):
                if named == purpose:
                    return describe_window(self.directory.windows[window], language)
        return ""

    def words_of(self, entry_id: str) -> str:
        """All words of the entry's answer in every language, with its windows' descriptions."""
        entry = self.entries[entry_id]
        texts = [text for _, _, text in entry.texts()]
        named = {window for text in texts for window, _ in windows_in(text)}
        told = [
            describe_window(self.directory.windows[w], tongue)
            for w in sorted(named)
            for tongue in entry.first
        ]
        return "\n".join([*texts, *told])

    def differs_by_facility(self, entry_id: str) -> bool:
        """Whether the entry's answer tells windows of facilities, and its title names none of them."""
        entry = self.entries[entry_id]
        named = [self.directory.windows[w] for w in entry.windows if w in self.directory.windows]
        places = [window for window in named if window.facility is not None]
        return bool(places) and not self.is_about_facility(entry_id)

    def is_about_facility(self, entry_id: str) -> bool:
        """Whether the entry's title names a facility."""
        return bool(self._titled(entry_id))

    def _titled(self, entry_id: str) -> str:
        """The facility that the entry's title names; empty where it names none or several."""
        return self.facilities.named(self.entries[entry_id].question[Language.JA])

    def in_group(self, group_id: str, today: date) -> list[str]:
        """Ids of a group's entries that are in force, in file order."""
        return [e.id for e in self.entries.values() if e.group == group_id and in_force(e, today)]

    def reply(self, reply_id: str, language: Language) -> str:
        """A fixed courtesy; one that names windows has them and their sources below it."""
        spoken_in, template = pick(self.replies[reply_id].reply, language)
        filled, windows = fill_windows(template.strip(), self.directory, spoken_in)
        shown = [describe_window(window, spoken_in) for window in windows]
        read_on = [self.sources[key] for window in windows for key in window.sources]
        return "\n\n".join([filled, *shown, *sources_told(read_on, windows, self.profile, spoken_in)])

    def reply_called(self, reply_id: str) -> str:
        """A fixed reply's name for staff; its id where the FAQ has no name for it."""
        label = self.replies[reply_id].label
        return pick(label, Language.JA)[1] if label else reply_id

    @property
    def person(self) -> str:
        """Id of the reply to the wish for a person; empty where there is none."""
        return next((reply.id for reply in self.replies.values() if reply.hands_over), "")

    def decoy_reply(self, decoy_id: str, language: Language) -> str:
        """The reply to a decoy, with the window of its kind below."""
        return self._decoy(decoy_id, language)[0]

    def decoy_windows(self, decoy_id: str) -> tuple[str, ...]:
        """The windows in that reply."""
        return self._decoy(decoy_id, Language.JA)[1]

    def _decoy(self, decoy_id: str, language: Language) -> tuple[str, tuple[str, ...]]:
        decoy = self.decoys[decoy_id]
        spoken_in, template = pick(self.kinds[decoy.kind].reply, language)
        subject = decoy.subject.get(spoken_in) or decoy.subject.get(Language.JA, "")
        filled, windows = fill_windows(
            template.replace("{subject}", subject).strip(), self.directory, spoken_in
        )
        shown = [describe_window(window, spoken_in) for window in windows]
        return "\n\n".join([filled, *shown]), tuple(w.id for w in windows)


def reader_of(files: Sequence[Document], encoder: Encoder | None = None) -> MessageReader:
    """How messages are read, by the readings and synonyms of all files."""
    readings: dict[str, str] = {}
    for word, kana in (pair for file in files for pair in file.readings.items()):
        readings.setdefault(word, kana)  # the first file that has a word decides its reading
    synonyms = [group for f in files for group in f.synonyms]
    repair = Repair(readings, [phrasing.text for phrasing in phrasings_of(files)])
    return MessageReader(Folder(synonyms, readings), repair, encoder)


def phrasings_of(files: Sequence[Document]) -> list[Phrasing]:
    """Every phrasing, grouped by item."""
    return [
        *(Phrasing(t, Kind.ENTRY, e.id) for f in files for e in f.entries for t in _ways(e.utterances, e.question)),
        *(Phrasing(t, Kind.DECOY, d.id) for f in files for d in f.decoys for t in _ways(d.utterances)),
        *(Phrasing(t, Kind.REPLY, r.id) for f in files for r in f.replies for t in _ways(r.utterances)),
    ]  # fmt: skip


def _labelled(files: Sequence[Document]) -> list[str]:
    """Every message that a detector learns from or is judged by."""
    carrying = [signal.messages for f in files for signal in f.signals]
    quiet = [part.messages for f in files for part in f.lookalikes]
    return [text for messages in (*carrying, *quiet) for texts in messages.values() for text in texts]


def _in_japanese(entry: Entry) -> str:
    """Core and detail, in Japanese where they have it."""
    return "\n".join(pick(words, Language.JA)[1] for words in (entry.first, entry.detail) if words)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".yaml")


_ASKED_IN: Final = (Language.JA, Language.EN)
"""A title in another language is read by residents; how they ask is written in the phrasings."""


def _ways(utterances: Phrasings, question: Mapping[Language, str] | None = None) -> list[str]:
    ways = [text for texts in utterances.values() for text in texts]
    asked = [question[language] for language in _ASKED_IN if language in question] if question else []
    return [*asked, *ways]
