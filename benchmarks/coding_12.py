"""Balanced sampling against imbalanced-learn.

20,000 rows, 2,000 of them in the small class. Copies and subsets are bound by moving rows in memory, ours in random
order. SMOTE is bound by the neighbours: up to 15 features the library takes a k-d tree, above that a matrix product
as ours does, so there the two are closer.
"""

from __future__ import annotations

import numpy as np
from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.under_sampling import RandomUnderSampler

from benchmarks import Case

N_ROWS, N_SMALL = 20_000, 2_000


def cases(answer) -> list[Case]:
    """Over, under and SMOTE, at 10 and at 30 features."""
    return [case for d, target in ((10, 1.0), (30, 2.0)) for case in at(answer, d, target)]


def at(answer, d: int, smote_at_most: float) -> list[Case]:
    """The three at d features."""
    rng = np.random.default_rng(12)
    X, y = rng.normal(size=(N_ROWS, d)), rng.permutation(np.repeat([0, 1], [N_ROWS - N_SMALL, N_SMALL]))
    functions = [
        ("over", lambda: answer.balance(X, y), RandomOverSampler(random_state=0), 1.3),
        ("under", lambda: answer.balance(X, y, strategy="under"), RandomUnderSampler(random_state=0), 1.3),
        ("SMOTE", lambda: answer.smote(X, y), SMOTE(random_state=0), smote_at_most),
    ]
    return [
        Case(
            name=f"{name}, {N_ROWS:,} x {d}, {N_SMALL:,} in the small class",
            oracle=type(sampler).__name__,
            ours=ours,
            theirs=lambda sampler=sampler: sampler.fit_resample(X, y),
            agree=same_sizes,
            at_most=at_most,
        )
        for name, ours, sampler, at_most in functions
    ]


def same_sizes(ours, theirs) -> bool:
    """Equal classes, as many rows: the rows are drawn, so they are compared on the page."""
    return all(X.shape == theirs[0].shape and np.ptp(np.bincount(y)) == 0 for X, y in (ours, theirs))
