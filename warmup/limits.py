"""A time limit for code that may never end. Standard library only."""

from __future__ import annotations

import _thread
import contextlib
import signal
import threading
import time
import types

# Windows has no SIGALRM.
ALARM = getattr(signal, "SIGALRM", signal.SIGTERM)


class TooSlow(BaseException):
    """The time limit has passed. Not an `Exception`, so that `except Exception` in an answer does not swallow it."""

    def __init__(self, limit: time_limit | None = None):
        self.limit = limit

    def __del__(self) -> None:
        if self.limit and self.limit.watching:
            # Swallowed: the alarm has to ring in the code that did it, and a plain call would let it ring in here.
            _ = [*map(_thread.interrupt_main, [ALARM])]


class time_limit:
    """Raise `TooSlow` in the block after `seconds`, then again until the block is left.

    It comes again as soon as what swallowed it drops it, and every millisecond: catching everything in a loop is no way
    out, short of keeping all that is caught.
    Limits nest: an inner one ends no later than the outer one.
    Needs the main thread: elsewhere, and where threads cannot start (in the browser), there is no limit.
    """

    REPEAT = 0.001

    def __init__(self, seconds: float):
        self.seconds = seconds
        self.expired = False
        self.watching = False

    def __enter__(self) -> time_limit:
        if threading.current_thread() is threading.main_thread():
            self.previous = signal.signal(ALARM, self._on_alarm)
            self._start()
            self.watching = True
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if not self.watching:
            return
        self.watching = False
        self._stop()
        if self.expired and kind is None:
            raise TooSlow

    def _start(self) -> None:
        self.by_timer = hasattr(signal, "setitimer")
        if self.by_timer:
            self.started = time.monotonic()
            self.outer, self.outer_repeat = signal.getitimer(signal.ITIMER_REAL)
            first = min(self.seconds, self.outer or self.seconds)
            signal.setitimer(signal.ITIMER_REAL, first, self.REPEAT)
            return
        self.left = threading.Event()
        self.thread = threading.Thread(target=self._knock, daemon=True)
        with contextlib.suppress(RuntimeError):
            self.thread.start()

    def _stop(self) -> None:
        if self.by_timer:
            signal.setitimer(signal.ITIMER_REAL, 0)
        else:
            self.left.set()
            if self.thread.ident:
                self.thread.join()
        signal.signal(ALARM, self.previous)
        if self.by_timer and self.outer:
            remaining = self.outer - (time.monotonic() - self.started)
            signal.setitimer(signal.ITIMER_REAL, max(remaining, self.REPEAT), self.outer_repeat)

    def _knock(self) -> None:
        """Send the alarm to the main thread, where there is no timer to do it."""
        wait = self.seconds
        while not self.left.wait(wait):
            _thread.interrupt_main(ALARM)
            wait = self.REPEAT

    def _on_alarm(self, number: int, frame: types.FrameType | None) -> None:
        # Raising in our own frames would leave the timer armed.
        if self.watching and frame is not None and frame.f_code.co_filename != __file__:
            self.expired = True
            raise TooSlow(self)
