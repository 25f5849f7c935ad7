"""Dates in six forms against pandas, which guesses each value's format, and against `dateutil`, row by row.

No text has an offset, and months come before days throughout: on such columns all three have to agree.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from dateutil import parser

from benchmarks import Case

FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%b %d, %Y", "%m/%d/%Y")


def cases(answer) -> list[Case]:
    """5,000 distinct texts in 1,000,000 rows for pandas, twice; in 50,000 rows for `dateutil`.

    pandas reads each distinct text once if at most 350 of the first 500 rows are distinct: in random order they are
    not, sorted they are. `dateutil` would take half a minute for 1,000,000 rows. Fewer rows of as many texts leave the
    answer less to gain, so that its ratio at 1,000,000 rows is the better one.
    """
    rng = np.random.default_rng(1)
    rows, few = written_dates(rng, 1_000_000), written_dates(rng, 50_000)
    in_order = written_dates(rng, 1_000_000, in_order=True)
    runs = [
        ("dates, 1,000,000 rows of 5,000 distinct texts", by_pandas, rows, 1.0),
        ("the same, sorted, so that pandas caches them too", by_pandas, in_order, None),
        ("dates, 50,000 rows of 5,000 distinct texts", by_dateutil, few, 0.05),
    ]
    return [
        Case(
            name=name,
            oracle=library.__doc__,
            ours=lambda texts=texts: answer.standardise_dates(texts, day_first=False),
            theirs=lambda library=library, texts=texts: library(texts),
            agree=equal,
            at_most=target,
        )
        for name, library, texts, target in runs
    ]


def by_pandas(texts: pd.Series) -> pd.Series:
    """pd.to_datetime(format="mixed")"""
    return pd.to_datetime(texts, format="mixed")


def by_dateutil(texts: pd.Series) -> pd.Series:
    """dateutil, row by row"""
    return pd.Series([parser.parse(text) for text in texts])


def written_dates(
    rng: np.random.Generator, n_rows: int, n_distinct: int = 5_000, *, in_order: bool = False
) -> pd.Series:
    """Random rows of `n_distinct` texts, each of another day; `in_order` puts equal ones together."""
    days = np.datetime64("1990-01-01") + rng.permutation(14_000)[:n_distinct]
    texts = np.array([day.strftime(FORMS[place % len(FORMS)]) for place, day in enumerate(days.astype(object))])
    drawn = rng.integers(0, n_distinct, n_rows)
    return pd.Series(texts[np.sort(drawn) if in_order else drawn])


def equal(ours: pd.Series, theirs: pd.Series) -> bool:
    """The same days, no gap among them."""
    days = pd.to_datetime(ours, format="%Y-%m-%d")
    return bool(days.notna().all() and (days == theirs).all())
