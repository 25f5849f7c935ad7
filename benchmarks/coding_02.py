"""K-nearest neighbours against scikit-learn: brute force at 32 features, the KD-tree at 2."""

from __future__ import annotations

import numpy as np
from sklearn.neighbors import KNeighborsClassifier

from benchmarks import Case

N_TRAIN, N_QUERIES, K, SEED = 20_000, 1_000, 5, 2


def cases(answer) -> list[Case]:
    """Both search a fitted model; fitting is not timed."""
    return [
        case(answer, "brute force, euclidean, d = 32", "euclidean", "brute", 32, at_most=6.0),
        case(answer, "brute force, manhattan, d = 32", "manhattan", "brute", 32),
        case(answer, "KD-tree, euclidean, d = 2", "euclidean", "kd_tree", 2),
    ]


def case(answer, name: str, metric: str, algorithm: str, n_features: int, at_most: float | None = None) -> Case:
    """The same search by the page's classifier and by scikit-learn's."""
    rng = np.random.default_rng(SEED)
    X, queries = rng.normal(size=(N_TRAIN, n_features)), rng.normal(size=(N_QUERIES, n_features))
    y = rng.integers(0, 3, N_TRAIN)
    ours = answer.KNNClassifier(K, metric, algorithm=algorithm).fit(X, y)
    theirs = KNeighborsClassifier(K, metric=metric, algorithm=algorithm).fit(X, y)
    return Case(
        f"{name}, n = {N_TRAIN:,}, m = {N_QUERIES:,}",
        f"KNeighborsClassifier(algorithm={algorithm!r})",
        lambda: ours.kneighbors(queries),
        lambda: theirs.kneighbors(queries),
        agree,
        at_most,
    )


def agree(ours: tuple[np.ndarray, np.ndarray], theirs: tuple[np.ndarray, np.ndarray]) -> bool:
    """The same neighbours, and distances up to rounding."""
    return np.array_equal(ours[1], theirs[1]) and np.allclose(ours[0], theirs[0])
