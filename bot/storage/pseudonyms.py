"""A name for somebody of whom nothing is kept: they are recognised when they come, and it does not say who they are.

It is no secret from someone who has the database and tries out every id there is.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

MARK: Final = "forgotten:"
"""How each of them begins; no channel names anybody so."""
_SALT_BYTES: Final = 8
_DIGEST_BYTES: Final = 16


def pseudonym(resident: str) -> str:
    """A new name for ``resident``; each time another."""
    salt = secrets.token_hex(_SALT_BYTES)
    return f"{MARK}{salt}:{_digest(resident, salt)}"


def is_of(name: str, resident: str) -> bool:
    """Whether ``name`` was made from ``resident``."""
    salt, _, digest = name.removeprefix(MARK).partition(":")
    return hmac.compare_digest(digest, _digest(resident, salt))


def _digest(resident: str, salt: str) -> str:
    return hashlib.blake2b(resident.encode(), salt=bytes.fromhex(salt), digest_size=_DIGEST_BYTES).hexdigest()
