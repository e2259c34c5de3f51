"""The FAQ in use: replaced as a whole, and reported to the admins."""

from __future__ import annotations

from collections.abc import Callable

from bot.dispatch import Dispatcher
from bot.knowledge.editions import Editions
from bot.ports import StoreUnavailableError
from faq.knowledge import KnowledgeBase
from handlers.engine import Engine
from handlers.model.events import KnowledgeRejected, KnowledgeReloaded
from handlers.model.settings import Rules
from handlers.privacy.personal_data import Guard
from handlers.wording import admin


class Serving:
    """The only place that replaces the base used for decisions, and everything made from it."""

    def __init__(
        self,
        editions: Editions,
        knowledge: KnowledgeBase,
        rules: Rules,
        dispatcher: Dispatcher,
        guard: Guard,
        say: Callable[[str, str], None],
    ) -> None:
        """``knowledge`` serves at the start; ``say`` reaches the admins where the record cannot be written."""
        self.knowledge = knowledge
        self._editions = editions
        self._rules = rules
        self._dispatcher = dispatcher
        self._guard = guard
        self._say = say

    async def watch(self) -> None:
        """Hot reload, until cancelled."""
        await self._editions.watch(self._swap, self._tell)

    async def on_admin_command(self, command: str) -> str:
        """``reload``: judge now, and serve the folder if it has no errors. Anything else: judge only."""
        if command == "reload":
            return await self._editions.reload(self._swap)
        return await self._editions.check()

    async def _tell(self, event: KnowledgeReloaded | KnowledgeRejected) -> None:
        """Tell the admins; without the record where it cannot be written."""
        try:
            await self._dispatcher.dispatch(event)
        except StoreUnavailableError:
            told = admin.rejected(event) if isinstance(event, KnowledgeRejected) else admin.reloaded(event)
            self._say("faq", told)

    def _swap(self, knowledge: KnowledgeBase) -> tuple[str, ...]:
        before = self.knowledge.entries
        changed = [i for i, entry in knowledge.entries.items() if before.get(i) != entry]
        changed += [i for i in before if i not in knowledge.entries]
        windows = self.knowledge.directory.windows
        changed += [
            f"窓口 {i}" for i, window in knowledge.directory.windows.items() if windows.get(i) != window
        ]
        changed += [f"窓口 {i}" for i in windows if i not in knowledge.directory.windows]
        if self.knowledge.profile != knowledge.profile:
            is_later = self.knowledge.profile.time_zone != knowledge.profile.time_zone
            changed.append(admin.ZONE_LATER if is_later else admin.PROFILE)
        self.knowledge = knowledge
        self._guard.know(knowledge.directory.phones())
        self._dispatcher.replace_engine(Engine(knowledge, self._rules))
        return tuple(changed)
