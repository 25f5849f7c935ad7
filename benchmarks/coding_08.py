"""PCA against scikit-learn's: the SVD against its full SVD, the covariance form against its own covariance form.

20,000 rows of 200 features, 10 components; signs are compared after the page's rule is applied to both.
"""

from __future__ import annotations

import numpy as np
from sklearn.decomposition import PCA

from benchmarks import Case

N_COMPONENTS = 10


def cases(answer) -> list[Case]:
    """Both forms on rows whose leading variances are well separated."""
    X = rows(n_samples=20_000, n_features=200)
    pairs = [(answer.pca, "full", 1.0), (answer.pca_covariance, "covariance_eigh", 1.2)]
    return [
        Case(
            name=f"{ours.__name__}, 20,000 x 200, k = {N_COMPONENTS}",
            oracle=f'PCA(svd_solver="{solver}")',
            ours=lambda ours=ours: ours(X, N_COMPONENTS),
            theirs=lambda solver=solver: PCA(N_COMPONENTS, svd_solver=solver).fit(X),
            agree=equal,
            at_most=target,
        )
        for ours, solver, target in pairs
    ]


def rows(n_samples: int, n_features: int) -> np.ndarray:
    """Normal rows with variances that fall by 4 % from one direction to the next, the directions oblique."""
    rng = np.random.default_rng(8)
    directions = np.linalg.qr(rng.normal(size=(n_features, n_features)))[0]
    scores = rng.normal(size=(n_samples, n_features)) * 0.98 ** np.arange(n_features)
    return scores @ directions + rng.normal(size=n_features)


def equal(ours, theirs: PCA) -> bool:
    """The same mean, variances, ratios, and components up to the sign rule."""
    at = np.abs(theirs.components_).argmax(axis=1)
    signs = np.sign(theirs.components_[np.arange(len(at)), at])
    return (
        np.allclose(ours.mean, theirs.mean_)
        and np.allclose(ours.explained_variance, theirs.explained_variance_)
        and np.allclose(ours.explained_variance_ratio, theirs.explained_variance_ratio_)
        and np.allclose(ours.components, theirs.components_ * signs[:, None], atol=1e-8)
    )
