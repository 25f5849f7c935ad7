"""Precision, recall and F1 against scikit-learn, on 1,000,000 pairs of labels with one positive in ten."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import precision_recall_fscore_support

from benchmarks import Case

N_LABELS = 1_000_000


def cases(answer) -> list[Case]:
    """Arrays of integers, which the target is for; besides, arrays of strings and plain lists."""
    rng = np.random.default_rng(4)
    y_true = (rng.random(N_LABELS) < 0.1).astype(np.int64)
    y_pred = np.where(rng.random(N_LABELS) < 0.9, y_true, 1 - y_true)
    words = [np.where(labels == 1, "spam", "ham") for labels in (y_true, y_pred)]
    return [
        case(answer, "1,000,000 labels, arrays of int64", (y_true, y_pred), 1, at_most=0.1),
        case(answer, "1,000,000 labels, arrays of strings", words, "spam"),
        case(answer, "1,000,000 labels, lists of ints", (y_true.tolist(), y_pred.tolist()), 1),
    ]


def case(answer, name: str, labels, positive: object, at_most: float | None = None) -> Case:
    """The whole summary by the answer against scikit-learn's three numbers."""
    return Case(
        name=name,
        oracle="precision_recall_fscore_support",
        ours=lambda: answer.classification_summary(*labels, positive=positive),
        theirs=lambda: precision_recall_fscore_support(*labels, average="binary", pos_label=positive),
        agree=lambda ours, theirs: (ours["precision"], ours["recall"], ours["f1"]) == tuple(theirs[:3]),
        at_most=at_most,
    )
