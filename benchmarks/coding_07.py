"""One-hot encoding to a sparse matrix against scikit-learn's encoder, on 1,000,000 strings."""

from __future__ import annotations

import numpy as np
from sklearn.preprocessing import OneHotEncoder

from benchmarks import Case

N_VALUES = 1_000_000


def cases(answer) -> list[Case]:
    """Arrays of strings as objects, for small and large vocabularies, and strings of fixed width."""
    rng = np.random.default_rng(7)
    cases = []
    for n_categories in (10, 1_000, 50_000):
        names = np.array([f"user_{j:06d}" for j in range(n_categories)], dtype=object)
        values = names[rng.integers(0, n_categories, N_VALUES)]
        cases.append(case(answer, f"{n_categories:,} distinct strings", values))
        if n_categories == 1_000:
            cases.append(case(answer, f"{n_categories:,} distinct strings, fixed width", values.astype(str)))
    return cases


def case(answer, name: str, values: np.ndarray) -> Case:
    """The learned categories and the matrix of both."""
    column = values.reshape(-1, 1)
    return Case(
        name=f"1,000,000 values, {name}",
        oracle="OneHotEncoder",
        ours=lambda: answer.one_hot_sparse(values),
        theirs=lambda: fit_transform(column),
        agree=same,
        at_most=0.5,
    )


def fit_transform(column: np.ndarray):
    """The library's matrix, as one byte a value too, and categories."""
    encoder = OneHotEncoder(dtype=np.uint8)
    return encoder.fit_transform(column), encoder.categories_[0]


def same(ours, theirs) -> bool:
    """The same categories and the same CSR matrix."""
    (matrix, categories), (expected, names) = ours, theirs
    parts = ("data", "indices", "indptr")
    return (
        matrix.shape == expected.shape
        and np.array_equal(categories, names)
        and all(np.array_equal(getattr(matrix, part), getattr(expected, part)) for part in parts)
    )
