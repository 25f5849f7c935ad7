"""What code prints, on its way to the page. Standard library only."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

LIMIT = 20_000
CUT = "\n… the output is cut here …\n"
EVERY_S = 0.05
LONGEST_VALUE = 4_000


class Output(io.TextIOBase):
    """Passes on what is printed, in portions, and stops after `limit` characters: a flood must not fill the page."""

    def __init__(self, pass_on: Callable[[str], None], limit: int = LIMIT):
        self.pass_on, self.left = pass_on, limit
        self.cut = False
        self.waiting: list[str] = []
        self.passed_on_at = time.monotonic()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() takes text, not {type(text).__name__}")
        if text and not self.cut:
            self.cut = len(text) > self.left
            self.waiting.append(text[: self.left] + (CUT if self.cut else ""))
            self.left -= len(text)
            # A flood that never ends writes on, and is not heard again.
            if self.cut or time.monotonic() - self.passed_on_at > EVERY_S:
                self.flush()
        return len(text)

    def flush(self) -> None:
        if self.waiting:
            self.pass_on("".join(self.waiting))
            self.waiting.clear()
        self.passed_on_at = time.monotonic()

    def close(self) -> None:
        """Stay open: an answer that closes its output must not stop what follows."""


def shown(value: object) -> str:
    """A value as the page shows it. Its own `__repr__` may be broken, or endless."""
    try:
        text = repr(value)
    except Exception as error:
        text = f"<{type(value).__name__} whose repr raises {type(error).__name__}>"
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]} … (cut)"
