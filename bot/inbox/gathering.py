"""Which texts of one resident are read together: parts of a text that the app split, and messages sent in quick
succession.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.ports import Lease, RawUpdate

PIECES: Final = 20
CHARACTERS: Final = 20_000
APART_SECONDS: Final = 10.0
"""Texts sent further apart are answered separately, however long both have waited."""
ALONE_SECONDS: Final = 0.1
"""Wait for a single text: one more round of polling, by which messages sent with it have arrived."""
BURST_SECONDS: Final = 1.2
LETTER_SECONDS: Final = 3.0
LONGEST_SECONDS: Final = 8.0
"""Longest wait from the first text on; after it an answer is given even if more texts follow."""


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """A text that may be one of several. ``message`` is its number in its chat, ``sent`` in seconds since the epoch (cut
    to whole ones), ``size`` in characters.

    ``is_cut``: so long that its sender's app may have cut it. ``is_edit``: the text of ``message`` as it is now.
    """

    message: int
    sent: int
    size: int
    is_cut: bool = False
    is_edit: bool = False


PieceOf = Callable[[RawUpdate], ReceivedText | None]
"""The update as a text that may be one of several; ``None`` where it is handled alone. Never raises."""


class Gathering:
    """Updates of one lane that are handled together, the oldest first."""

    def __init__(self, piece_of: PieceOf, speed: float = 1.0) -> None:
        """``speed`` multiplies the clock, for drills."""
        self._piece_of = piece_of
        self._speed = speed
        self._sizes: dict[int, int] = {}
        self._last: ReceivedText | None = None
        self._begun = self._taken = 0.0
        self.leases: list[Lease] = []

    def take(self, lease: Lease, now: float, *, alone: bool = False) -> bool:
        """Take an update, unless it does not belong to those before it. ``now`` is the loop's time.

        The first is always taken; with ``alone`` nothing after it.
        """
        piece = None if alone else self._piece_of(lease.update)
        if not self.leases:
            self._begun = now
            piece = None if piece is not None and piece.is_edit else piece
        elif piece is None or self._last is None or not self._fits(piece, self._last):
            return False
        self.leases.append(lease)
        self._taken = now
        if piece is not None:
            self._sizes[piece.message] = piece.size
        self._last = piece
        return True

    @property
    def is_full(self) -> bool:
        """Whether no more updates are taken."""
        return self._last is None or len(self.leases) >= PIECES or self._size >= CHARACTERS

    def wait(self, now: float, clock: float) -> float:
        """Seconds to wait for more; 0 where nothing can follow. ``now`` is the loop's time, ``clock`` the wall clock's."""
        last = self._last
        if last is None or self.is_full:
            return 0.0
        window = (
            LETTER_SECONDS if last.is_cut else BURST_SECONDS if len(self.leases) > 1 else ALONE_SECONDS
        ) / self._speed
        # Subtract the time since it was sent: what could follow has had that long to arrive.
        since_sent = last.sent + 1 + window - clock
        longest = self._begun + LONGEST_SECONDS / self._speed - now
        return max(0.0, min(window - (now - self._taken), since_sent, longest))

    def _fits(self, piece: ReceivedText, last: ReceivedText) -> bool:
        if piece.is_edit:
            return piece.message in self._sizes
        return (
            len(self.leases) < PIECES
            and self._size + piece.size <= CHARACTERS
            and abs(piece.sent - last.sent) <= APART_SECONDS
        )

    @property
    def _size(self) -> int:
        return sum(self._sizes.values())
