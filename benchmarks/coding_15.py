"""The rolling mean against river's, and against a budget of 2 µs an update: 500,000 a second.

river's update alone is timed, without the `get` that returns the mean.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from river import stats, utils

from benchmarks import Case

WINDOW, COUNT = 100, 200_000
BUDGET = 2e-6


def cases(answer) -> list[Case]:
    """The same readings through both, one update at a time."""
    values = np.random.default_rng(15).normal(20, 5, COUNT).tolist()
    true = float(np.mean(values[-WINDOW:]))
    return [
        Case(
            name=f"{COUNT:,} updates, window {WINDOW}",
            oracle="river Rolling(Mean)",
            ours=lambda: ours(answer.RollingMean, values),
            theirs=lambda: theirs(values),
            agree=lambda mean, rivers: bool(np.isclose(mean, rivers, rtol=1e-9)),
            at_most=1.0,
        ),
        Case(
            name=f"{COUNT:,} updates, window {WINDOW}",
            oracle="a budget of 2 µs an update",
            ours=lambda: ours(answer.RollingMean, values),
            theirs=lambda: wait(BUDGET * COUNT),
            agree=lambda mean, _: bool(np.isclose(mean, true, rtol=1e-12)),
            at_most=1.0,
        ),
    ]


def ours(rolling_mean: Callable, values: list[float]) -> float:
    """The last mean."""
    update = rolling_mean(WINDOW).update
    mean = 0.0
    for value in values:
        mean = update(value)
    return mean


def theirs(values: list[float]) -> float:
    """The last mean, asked for once."""
    rolling = utils.Rolling(stats.Mean, window_size=WINDOW)
    update = rolling.update
    for value in values:
        update(value)
    return rolling.get()


def wait(seconds: float) -> None:
    """Take as long as the budget allows."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
