"""Gradient descent against the loop that multiplies by X at each step.

100,000 rows of 50 features, condition number 100. The tolerance is looser than the answer's default, to save time:
more iterations would be to the loop's disadvantage.
"""

from __future__ import annotations

import numpy as np

from benchmarks import Case

TOLERANCE = 1e-5


def cases(answer) -> list[Case]:
    """The answer and the plain loop, at the rate 1/L, to the same tolerance."""
    X, y = problem(n_samples=100_000, n_features=50, condition=100.0)
    return [
        Case(
            name=f"100,000 x 50, condition number 100, tolerance {TOLERANCE:g}",
            oracle="loop over X",
            ours=lambda: answer.gradient_descent(X, y, tolerance=TOLERANCE),
            theirs=lambda: loop(X, y, tolerance=TOLERANCE),
            agree=equal,
            at_most=0.2,
        )
    ]


def problem(n_samples: int, n_features: int, condition: float) -> tuple[np.ndarray, np.ndarray]:
    """Centred features whose Hessian, intercept included, has eigenvalues from 2 down to 2 / condition."""
    rng = np.random.default_rng(6)
    normal = rng.normal(size=(n_samples, n_features))
    basis = np.linalg.qr(normal - normal.mean(axis=0))[0] * np.sqrt(n_samples)
    X = basis * np.sqrt(np.geomspace(1, 1 / condition, n_features)) @ np.linalg.qr(normal[:n_features])[0]
    return X, X @ rng.normal(size=n_features) + 3 + rng.normal(size=n_samples)


def loop(X: np.ndarray, y: np.ndarray, tolerance: float) -> tuple[np.ndarray, np.ndarray, int]:
    """Weights, losses and iterations of gradient descent with two products with X a step."""
    n = len(y)
    A = np.column_stack([np.ones(n), X])
    rate = 1 / np.linalg.eigvalsh(2 / n * A.T @ A)[-1]
    weights, losses, enough = np.zeros(A.shape[1]), [], None
    while True:
        residual = A @ weights - y
        losses.append(residual @ residual / n)
        gradient = 2 / n * (residual @ A)
        slope = np.linalg.norm(gradient)
        enough = enough or tolerance * max(1.0, slope)
        if slope <= enough:
            return weights, np.array(losses), len(losses) - 1
        weights = weights - rate * gradient


def equal(ours, theirs: tuple[np.ndarray, np.ndarray, int]) -> bool:
    """The same iterations, losses and weights."""
    weights, losses, iterations = theirs
    return (
        ours.converged
        and ours.iterations == iterations
        and np.allclose(ours.losses, losses, rtol=1e-10, atol=0)
        and np.allclose(ours.weights, weights, rtol=1e-9, atol=1e-9)
    )
