"""Rows on their way out: a result, what fetches from it, and a query that can be asked again."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from .errors import refuse
from .frames import frame
from .names import type_name
from .values import values

if TYPE_CHECKING:
    import pandas as pd

Rows = TypeVar("Rows")


class Result:
    """The columns of a result, and how many of its rows were fetched."""

    def __init__(self, columns: list[dict]) -> None:
        self.columns = columns
        self.fetched = 0

    @functools.cached_property
    def rows(self) -> list[tuple]:
        return list(zip(*(values(column["type"], column["chunks"]) for column in self.columns)))

    @property
    def names(self) -> list[str]:
        return [column["name"] for column in self.columns]

    @property
    def types(self) -> list[str]:
        return [type_name(column["type"]) for column in self.columns]

    @property
    def description(self) -> list[tuple]:
        return [(*pair, None, None, None, None, None) for pair in zip(self.names, self.types)]

    def fetch(self, count: int | None = None) -> list[tuple]:
        found = self.rows[self.fetched : None if count is None else self.fetched + count]
        self.fetched += len(found)
        return found

    def frame(self) -> pd.DataFrame:
        if self.fetched:
            raise refuse("Not implemented", "in the page df() gives all rows, so it comes before others are fetched")
        self.fetched = len(self.rows)
        return frame(self.columns)


def unavailable(owner: str, name: str, known: Iterable[str]) -> str:
    there = ", ".join(sorted(each for each in known if not each.startswith("_")))
    return f"{owner}.{name} is not available in the page. These are: {there}"


class Fetches:
    """What fetches rows, in the words of DuckDB's package."""

    def _result(self) -> Result:
        raise NotImplementedError

    def fetchone(self) -> tuple | None:
        return next(iter(self._result().fetch(1)), None)

    def fetchmany(self, size: int = 1) -> list[tuple]:
        return self._result().fetch(size)

    def fetchall(self) -> list[tuple]:
        return self._result().fetch()

    def df(self) -> pd.DataFrame:
        """The result as a DataFrame; DECIMALs are floats in it, as natively."""
        return self._result().frame()

    def fetchdf(self) -> pd.DataFrame:
        return self.df()

    def __getattr__(self, name: str) -> object:
        raise AttributeError(unavailable(type(self).__name__, name, dir(self)))


class DuckDBPyRelation(Fetches):
    """A query. It runs when its rows are asked for, and again when all were fetched."""

    def __init__(self, found: Result, run: Callable[[], Result]) -> None:
        self.columns, self.types, self.description = found.names, found.types, found.description
        self._run = run
        self._found: Result | None = None

    def fetchall(self) -> list[tuple]:
        return self._last(super().fetchall())

    def df(self) -> pd.DataFrame:
        return self._last(super().df())

    def __repr__(self) -> str:
        rows = [self.columns, *self._run().rows]
        return "\n".join(" | ".join(map(str, row)) for row in rows)

    def _last(self, rows: Rows) -> Rows:
        self._found = None
        return rows

    def _result(self) -> Result:
        if self._found is None:
            self._found = self._run()
            self._found.fetched = 0
        return self._found
