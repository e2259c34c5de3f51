"""The server's rate limits, in simulated time: overall, per private chat, and per group."""

from __future__ import annotations

from collections import defaultdict, deque
from typing import Final

COUNTED: Final = frozenset(
    {"sendmessage", "editmessagetext", "editmessagereplymarkup", "createforumtopic", "copymessage", "copymessages",
     "forwardmessage", "sendphoto", "senddocument", "sendvoice"}
)  # fmt: skip
OVERALL, PER_CHAT, PER_GROUP, MINUTE = 30, 1, 20, 60.0


class Limits:
    """Strict sliding windows. An excess is refused with 429 and recorded in ``exceeded``."""

    def __init__(self, *, enforced: bool = True) -> None:
        self.enforced = enforced
        self.exceeded: list[tuple[float, int, str]] = []
        self.highest = {"overall": 0, "chat": 0, "group": 0}
        self._overall: deque[float] = deque()
        self._chats: defaultdict[int, deque[float]] = defaultdict(deque)

    def check(self, method: str, chat: int, now: float) -> int:
        """Seconds to wait (a 429), or 0, and then the action counts."""
        if method not in COUNTED:
            return 0
        windows = [("overall", self._overall, OVERALL, 1.0)]
        windows.append(("group", self._chats[chat], PER_GROUP, MINUTE) if chat < 0 else ("chat", self._chats[chat], PER_CHAT, 1.0))  # fmt: skip
        for name, window, limit, length in windows:
            while window and window[0] <= now - length:
                window.popleft()
            if len(window) >= limit:
                self.exceeded.append((now, chat, name))
                if self.enforced:
                    return max(1, int(window[0] + length - now + 0.999))
        for name, window, _, _ in windows:
            window.append(now)
            self.highest[name] = max(self.highest[name], len(window))
        return 0
