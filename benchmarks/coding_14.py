"""MAPE against scikit-learn's, on 1,000,000 pairs of an actual value and its forecast."""

from __future__ import annotations

import math

import numpy as np
from sklearn.metrics import mean_absolute_percentage_error

from benchmarks import Case

N_VALUES = 1_000_000


def cases(answer) -> list[Case]:
    """Arrays of floats, which the target is for; besides, counts with zeros, and plain lists."""
    rng = np.random.default_rng(14)
    actual = rng.lognormal(4, 1, N_VALUES)
    forecast = actual * rng.lognormal(0, 0.3, N_VALUES)
    counts, expected = rng.poisson(2, N_VALUES), np.full(N_VALUES, 2)
    return [
        case(answer, "1,000,000 values, arrays of float64", actual, forecast, "raise", at_most=1.0),
        case(answer, "1,000,000 counts, arrays of int64 with zeros", counts, expected, "epsilon"),
        case(answer, "1,000,000 values, lists of floats", actual.tolist(), forecast.tolist(), "raise"),
    ]


def case(answer, name: str, actual, forecast, zeros: str, at_most: float | None = None) -> Case:
    """The answer's percentage against scikit-learn's fraction."""
    return Case(
        name=name,
        oracle="mean_absolute_percentage_error",
        ours=lambda: answer.mape(actual, forecast, zeros=zeros),
        theirs=lambda: mean_absolute_percentage_error(actual, forecast),
        agree=lambda ours, theirs: math.isclose(ours, 100 * theirs, rel_tol=1e-12),
        at_most=at_most,
    )
