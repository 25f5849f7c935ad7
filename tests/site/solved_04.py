"""An answer to coding question 4 without NumPy, as a reader might type it: it needs nothing from outside the site."""

from numbers import Real
from typing import NamedTuple


class Counts(NamedTuple):
    tp: int
    fp: int
    fn: int
    tn: int


def flat(labels, name):
    if not hasattr(labels, "__iter__"):
        raise TypeError(f"{name} must be a list of labels")
    labels = list(labels)
    if not labels:
        raise ValueError(f"{name} is empty")
    if any(isinstance(label, (list, tuple)) for label in labels):
        raise ValueError(f"{name} must be one-dimensional")
    return labels


def confusion_counts(y_true, y_pred, *, positive=1):
    if isinstance(positive, (list, tuple)) or positive != positive:
        raise ValueError(f"positive must be one label, equal to itself; got {positive!r}")
    actual, predicted = flat(y_true, "y_true"), flat(y_pred, "y_pred")
    if len(actual) != len(predicted):
        raise ValueError("y_true and y_pred must have the same length")
    pairs = list(zip(actual, predicted))
    tp = sum(t == positive and p == positive for t, p in pairs)
    fp = sum(t != positive and p == positive for t, p in pairs)
    fn = sum(t == positive and p != positive for t, p in pairs)
    return Counts(tp, fp, fn, len(pairs) - tp - fp - fn)


def divide(numerator, denominator, zero_division):
    if not isinstance(zero_division, Real) or (zero_division == zero_division and zero_division not in (0, 1)):
        raise ValueError(f"zero_division must be 0, 1 or NaN; got {zero_division!r}")
    return numerator / denominator if denominator else float(zero_division)


def precision(y_true, y_pred, *, positive=1, zero_division=0.0):
    counts = confusion_counts(y_true, y_pred, positive=positive)
    return divide(counts.tp, counts.tp + counts.fp, zero_division)


def recall(y_true, y_pred, *, positive=1, zero_division=0.0):
    counts = confusion_counts(y_true, y_pred, positive=positive)
    return divide(counts.tp, counts.tp + counts.fn, zero_division)


def f_beta(y_true, y_pred, beta, *, positive=1, zero_division=0.0):
    if not isinstance(beta, Real) or not beta >= 0:
        raise ValueError(f"beta must be a number from 0 to infinity; got {beta!r}")
    counts = confusion_counts(y_true, y_pred, positive=positive)
    miss, alarm = (beta**2, 1.0) if beta <= 1 else (1.0, (1 / beta) ** 2)
    hits = (miss + alarm) * counts.tp
    return divide(hits, hits + miss * counts.fn + alarm * counts.fp, zero_division)


def f1(y_true, y_pred, *, positive=1, zero_division=0.0):
    return f_beta(y_true, y_pred, 1, positive=positive, zero_division=zero_division)


def classification_summary(y_true, y_pred, *, positive=1, zero_division=0.0):
    counts = confusion_counts(y_true, y_pred, positive=positive)
    options = {"positive": positive, "zero_division": zero_division}
    return {
        "precision": precision(y_true, y_pred, **options),
        "recall": recall(y_true, y_pred, **options),
        "f1": f1(y_true, y_pred, **options),
        "accuracy": (counts.tp + counts.tn) / sum(counts),
        "support": counts.tp + counts.fn,
    }
