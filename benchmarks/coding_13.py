"""Grid search against scikit-learn's, on the same folds; nobody refits."""

from __future__ import annotations

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.model_selection import GridSearchCV
from sklearn.tree import DecisionTreeClassifier

from benchmarks import Case

GRID = {"max_depth": [1, 2, 3, 5, 8, None], "min_samples_split": [2, 5, 10, 50]}


def cases(answer) -> list[Case]:
    """569 real rows, where fits are short; and 5,000 random ones."""
    X, y = load_breast_cancer(return_X_y=True)
    many_X, many_y = noisy(5_000, 20)
    few = {"max_depth": [2, 6], "min_samples_split": [2, 50]}
    searches = [
        ("24 combinations, 5 folds, 569 rows, 30 columns", X, y, GRID),
        ("4 combinations, 5 folds, 5,000 rows, 20 columns", many_X, many_y, few),
    ]
    return [
        Case(
            name=name,
            oracle="GridSearchCV(n_jobs=1, refit=False)",
            ours=lambda X=X, y=y, grid=grid: answer.grid_search(X, y, grid).table["mean_score"],
            theirs=by_library(answer, X, y, grid),
            agree=np.array_equal,
            at_most=1.1,
        )
        for name, X, y, grid in searches
    ]


def noisy(n: int, d: int) -> tuple[np.ndarray, np.ndarray]:
    """Two classes by the sign of a noisy sum of three columns."""
    rng = np.random.default_rng(13)
    X = rng.normal(size=(n, d))
    return X, (X[:, :3].sum(axis=1) + rng.normal(size=n) > 0).astype(int)


def by_library(answer, X: np.ndarray, y: np.ndarray, grid: dict):
    """A function that gives the mean scores; the folds are made beforehand, in its favour."""
    folds = answer.stratified_folds(y, 5)
    search = GridSearchCV(DecisionTreeClassifier(random_state=0), grid, cv=folds, refit=False, n_jobs=1)
    return lambda: search.fit(X, y).cv_results_["mean_test_score"]
