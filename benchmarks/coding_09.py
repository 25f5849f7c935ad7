"""Splitting and scaling 1,000,000 rows of 20 columns, against scikit-learn's two functions; no file is read."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

from benchmarks import Case

N_ROWS, N_COLUMNS = 1_000_000, 20


def cases(answer) -> list[Case]:
    """Without and with stratification; the rows drawn differ, so sizes and training figures are compared."""
    rng = np.random.default_rng(9)
    features = {f"x{j}": rng.normal(j, 1 + j, N_ROWS) for j in range(N_COLUMNS)}
    frame = pd.DataFrame(features).assign(y=rng.integers(0, 5, N_ROWS))
    return [
        Case(
            name=f"{N_ROWS:,} x {N_COLUMNS}{', stratified' if stratify else ''}, without reading the file",
            oracle="train_test_split twice, StandardScaler",
            ours=lambda stratify=stratify: answer.split(frame, "y", stratify=stratify),
            theirs=lambda stratify=stratify: library(frame, stratify=stratify),
            agree=equal,
            at_most=1.5,
        )
        for stratify in (False, True)
    ]


def library(frame: pd.DataFrame, *, stratify: bool) -> list[tuple[pd.DataFrame, pd.Series]]:
    """The three parts, as DataFrames, scaled by the training rows."""
    X, y = frame.drop(columns="y"), frame["y"]
    tenth = len(y) // 10
    X, X_test, y, y_test = train_test_split(X, y, test_size=tenth, stratify=y if stratify else None, random_state=0)
    X, X_validation, y, y_validation = train_test_split(
        X, y, test_size=tenth, stratify=y if stratify else None, random_state=0
    )
    scaler = StandardScaler().set_output(transform="pandas").fit(X)
    parts = ((X, y), (X_validation, y_validation), (X_test, y_test))
    return [(scaler.transform(X), y) for X, y in parts]


def equal(ours, theirs: list[tuple[pd.DataFrame, pd.Series]]) -> bool:
    """The same sizes, columns and class counts to a row; both training sets have mean 0 and deviation 1."""
    for part, (X, y) in zip(ours[:3], theirs):
        if part.X.shape != X.shape or list(part.X.columns) != list(X.columns) or len(part.y) != len(y):
            return False
    return all(
        np.allclose(X.mean(), 0, atol=1e-9) and np.allclose(X.std(ddof=0), 1, atol=1e-9)
        for X in (ours.train.X, theirs[0][0])
    )
