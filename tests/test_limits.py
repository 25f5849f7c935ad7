"""A block that never ends is stopped, and the process is left as it was."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time

import pytest

from warmup import limits
from warmup.limits import TooSlow, time_limit


@pytest.fixture(params=["timer", "thread"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How the alarm is raised: by the system's timer, or by a thread where there is none."""
    if request.param == "thread":
        monkeypatch.delattr(signal, "setitimer")
    return request.param


def loop_for_ever() -> None:
    while True:
        pass


def loop_and_catch_everything() -> None:
    while True:
        with contextlib.suppress(BaseException):
            loop_for_ever()


def loop_and_catch_everything_around_slow_work() -> None:
    while True:
        try:
            with contextlib.suppress(BaseException):
                sum(range(1_000_000))
        except BaseException:
            continue


def swallow_the_limit_and_return() -> None:
    with contextlib.suppress(BaseException):
        loop_for_ever()


def loop_and_keep_the_last_error() -> None:
    last = None
    while last is not loop_for_ever:
        try:
            loop_for_ever()
        except BaseException as error:
            last = error


def loop_in_a_finally() -> None:
    try:
        loop_for_ever()
    finally:
        loop_for_ever()


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    "endless",
    [
        loop_for_ever,
        loop_and_catch_everything,
        loop_and_catch_everything_around_slow_work,
        pytest.param(
            loop_and_keep_the_last_error,
            marks=pytest.mark.skipif(
                sys.version_info[:2] == (3, 12), reason="3.12 looks for signals in the try of this loop only: it hangs"
            ),
        ),
        loop_in_a_finally,
        swallow_the_limit_and_return,
    ],
)
def test_a_block_that_does_not_end_is_stopped(endless) -> None:
    with pytest.raises(TooSlow), time_limit(0.05):
        endless()


def test_a_block_that_sleeps_is_stopped() -> None:
    started = time.monotonic()
    with pytest.raises(TooSlow), time_limit(0.05):
        time.sleep(60)
    assert time.monotonic() - started < 10


@pytest.mark.usefixtures("way")
def test_a_block_that_ends_in_time_is_left_alone() -> None:
    with time_limit(0.2):
        answer = 1 + 1
    time.sleep(0.3)
    assert answer == 2


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_what_the_block_raises_in_time_passes_through(error: type[BaseException]) -> None:
    with pytest.raises(error), time_limit(10):
        raise error


@pytest.mark.parametrize("endless", [False, True], ids=["in time", "too slow"])
def test_the_handler_and_the_timer_are_as_before(way: str, endless: bool) -> None:
    before, threads = signal.getsignal(limits.ALARM), threading.active_count()
    with contextlib.suppress(TooSlow), time_limit(0.05):
        if endless:
            loop_for_ever()
    assert signal.getsignal(limits.ALARM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert threading.active_count() == threads


@pytest.mark.usefixtures("way")
def test_an_inner_limit_leaves_the_outer_one_in_force() -> None:
    def outer() -> None:
        with time_limit(10):
            pass
        loop_for_ever()

    with pytest.raises(TooSlow), time_limit(0.1):
        outer()


@pytest.mark.usefixtures("way")
def test_an_inner_limit_stops_its_own_block_alone() -> None:
    with time_limit(10):
        with pytest.raises(TooSlow), time_limit(0.05):
            loop_for_ever()
        time.sleep(0.05)


@pytest.mark.usefixtures("way")
def test_an_outer_limit_ends_an_inner_one_that_is_longer() -> None:
    started = time.monotonic()
    with pytest.raises(TooSlow), time_limit(0.05), time_limit(60):
        loop_for_ever()
    assert time.monotonic() - started < 10


def test_a_timer_that_was_running_still_goes_off() -> None:
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(True))
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.1)
        with time_limit(10):
            pass
        time.sleep(0.2)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert rung == [True]


def test_there_is_no_limit_outside_the_main_thread() -> None:
    ended = []

    def work() -> None:
        with time_limit(0.01):
            time.sleep(0.05)
        ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]


def test_there_is_no_limit_where_threads_cannot_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.delattr(signal, "setitimer")
    monkeypatch.setattr(threading.Thread, "start", refuse)
    with time_limit(0.01):
        time.sleep(0.05)


def test_except_exception_does_not_swallow_the_limit() -> None:
    assert not issubclass(TooSlow, Exception)
