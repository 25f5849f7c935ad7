"""The confusion matrix against scikit-learn's, on 1,000,000 pairs of labels of ten classes."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import confusion_matrix

from benchmarks import Case

N_LABELS = 1_000_000


def cases(answer) -> list[Case]:
    """Integers and strings, which the target is for; besides, integers of a wide range."""
    rng = np.random.default_rng(11)
    y_true = rng.integers(0, 10, N_LABELS)
    y_pred = np.where(rng.random(N_LABELS) < 0.9, y_true, rng.integers(0, 10, N_LABELS))
    words = np.array(["ant", "bee", "cow", "dog", "eagle", "ferret", "goose", "horse", "ibis", "jackal"])
    codes = rng.choice(900_000, 10, replace=False)
    return [
        case(answer, "1,000,000 labels, arrays of int64", (y_true, y_pred), at_most=0.1),
        case(answer, "1,000,000 labels, arrays of strings", (words[y_true], words[y_pred]), at_most=0.1),
        case(answer, "1,000,000 labels, codes up to 900,000", (codes[y_true], codes[y_pred])),
    ]


def case(answer, name: str, sides: tuple[np.ndarray, np.ndarray], at_most: float | None = None) -> Case:
    """The counts by the answer against scikit-learn's."""
    return Case(
        name=name,
        oracle="sklearn.metrics.confusion_matrix",
        ours=lambda: answer.confusion_matrix(*sides)[0],
        theirs=lambda: confusion_matrix(*sides),
        agree=np.array_equal,
        at_most=at_most,
    )
