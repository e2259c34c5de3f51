"""Messages to the FAQ's editors about reloads and rejected edits."""

from __future__ import annotations

from handlers.model.actions import Say, ToAdmins
from handlers.model.events import KnowledgeRejected, KnowledgeReloaded
from handlers.model.snapshot import Outcome
from handlers.wording import admin


def on_knowledge_reloaded(event: KnowledgeReloaded) -> Outcome:
    """Which revision serves, what changed, and its warnings."""
    return Outcome(actions=(Say(ToAdmins(), admin.reloaded(event)),))


def on_knowledge_rejected(event: KnowledgeRejected) -> Outcome:
    """File, line and remedy of each fault; the old revision goes on serving."""
    return Outcome(actions=(Say(ToAdmins(), admin.rejected(event)),))
