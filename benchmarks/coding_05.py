"""Cross-validation against scikit-learn's, on the same splits."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.model_selection import cross_val_score

from benchmarks import Case


def cases(answer) -> list[Case]:
    """100,000 rows, 20 columns, five folds; and leave-one-out of 500 rows."""
    X, y = regression(100_000, 20)
    few_X, few_y = regression(500, 20)
    fast, fit_per_fold = answer.cross_val_rmse_fast, answer.cross_val_rmse
    runs = [
        ("fast, 100,000 rows, 20 columns, k = 5", fast, X, y, 5, 0.15),
        ("a fit per fold, 100,000 rows, 20 columns, k = 5", fit_per_fold, X, y, 5, None),
        ("fast, leave-one-out of 500 rows, 20 columns", fast, few_X, few_y, 500, None),
    ]
    return [
        Case(
            name=name,
            oracle="cross_val_score",
            ours=lambda rmse=rmse, X=X, y=y, k=k: rmse(X, y, k).folds,
            theirs=by_library(answer, X, y, k),
            agree=equal,
            at_most=target,
        )
        for name, rmse, X, y, k, target in runs
    ]


def regression(n: int, d: int) -> tuple[np.ndarray, np.ndarray]:
    """A random linear regression with unit noise."""
    rng = np.random.default_rng(5)
    X = rng.normal(size=(n, d))
    return X, X @ rng.normal(size=d) + rng.normal(size=n)


def by_library(answer, X: np.ndarray, y: np.ndarray, k: int):
    """A function that gives the k RMSEs from scikit-learn; the splits are made beforehand, in its favour."""
    splits = list(answer.k_fold_indices(len(y), k))
    return lambda: -cross_val_score(LinearRegression(), X, y, cv=splits, scoring="neg_root_mean_squared_error")


def equal(ours: np.ndarray, theirs: np.ndarray) -> bool:
    """The same RMSEs, fold by fold, to 1e-8."""
    return np.allclose(ours, theirs, rtol=0, atol=1e-8)
