"""What the editors of the FAQ hear about it."""

from __future__ import annotations

from handlers.model.actions import Say, ToAdmins
from handlers.model.events import KnowledgeRejected, KnowledgeReloaded
from handlers.model.snapshot import Outcome
from handlers.wording import admin


def on_knowledge_reloaded(event: KnowledgeReloaded) -> Outcome:
    """Which revision serves, what changed, what to mind."""
    return Outcome(actions=(Say(ToAdmins(), admin.reloaded(event)),))


def on_knowledge_rejected(event: KnowledgeRejected) -> Outcome:
    """File, line and remedy; the old version serves on."""
    return Outcome(actions=(Say(ToAdmins(), admin.rejected(event)),))
