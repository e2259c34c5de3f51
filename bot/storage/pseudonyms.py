"""Pseudonyms: they recognise a returning person of whom nothing is kept, without telling who it is.

They do not protect against somebody who has the database and tries out every possible id.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

MARK: Final = "forgotten:"
"""Prefix of every pseudonym; no channel's names begin with it."""
_SALT_BYTES: Final = 8
_DIGEST_BYTES: Final = 16


def pseudonym(resident: str) -> str:
    """A new pseudonym of ``resident``, different each time."""
    salt = secrets.token_hex(_SALT_BYTES)
    return f"{MARK}{salt}:{_digest(resident, salt)}"


def is_of(name: str, resident: str) -> bool:
    """Whether ``name`` is a pseudonym of ``resident``."""
    salt, _, digest = name.removeprefix(MARK).partition(":")
    return hmac.compare_digest(digest, _digest(resident, salt))


def _digest(resident: str, salt: str) -> str:
    return hashlib.blake2b(resident.encode(), salt=bytes.fromhex(salt), digest_size=_DIGEST_BYTES).hexdigest()
