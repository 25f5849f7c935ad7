"""`import duckdb` in the page: DuckDB-WASM, of the version that the book runs, behind the calls of its Python package.

What a query gives is what it gives natively: rows, names and types of columns, errors. `tests/site/test_duckdb.py` holds
it to that. What cannot be so raises an error that says so:

- extensions are missing, so JSON, Parquet, time zones (with `current_date` and `today()`) and the network;
- files: nothing is read from or written to any;
- Python's variables as tables (`FROM frame`), relations beyond `sql(...)` and what fetches its rows, cursors,
  functions of one's own, Arrow and Polars;
- values of the types TIMESTAMP WITH TIME ZONE, BIGNUM, GEOMETRY and VARIANT, until they are cast; in `df()` also TIME
  WITH TIME ZONE, BLOB, BIT and nested types;
- parameters in statements other than SELECT, INSERT, UPDATE and DELETE, and those with a time zone.

Different without an error: a connection's tables cannot be named with `memory.` in front; a Decimal with a positive
exponent, such as 1E3, is passed on as it is, where the native package makes 1.000 of it.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import _duckdb_wasm as wasm
from pyodide.ffi import JsException

from . import errors
from .errors import named, refuse
from .frames import frame
from .parameters import arguments, identifier
from .values import type_name, values

if TYPE_CHECKING:
    import pandas as pd

    Parameters = Sequence[object] | Mapping[str, object] | None

Rows = TypeVar("Rows")

globals().update(errors.CLASSES)

__version__ = wasm.version.removeprefix("v")
apilevel, paramstyle, threadsafety = "2.0", "qmark", 1

# The settings that no code may undo: what is missing must not be looked for outside.
SETTINGS = ["autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"]
# All connections share one database, so each gets an empty one inside it, and must not see those of others: macros hide
# them from a query that looks for what there is.
LISTS = ["columns", "constraints", "databases", "functions", "indexes", "schemas", "sequences", "tables", "types", "views"]
SHARED = "database_name IN ('system', 'temp')"
OWN = f"""SELECT * REPLACE (if({SHARED}, database_name, 'memory') AS database_name)
  FROM system.main.duckdb_{{}}() WHERE {SHARED} OR database_name = system.main.current_database()"""
SEARCHED = "system.main.in_search_path(if(d = 'memory', system.main.current_database(), d), s)"
CURTAIN = "; ".join(
    f"CREATE TEMP MACRO IF NOT EXISTS {macro}"
    for macro in [
        f"in_search_path(d, s) AS {SEARCHED}",
        *(f"{function}() AS 'memory'" for function in ("current_database", "current_catalog")),
        *(f"duckdb_{which}() AS TABLE {OWN.format(which)}" for which in LISTS),
    ]
)
LOOKS = re.compile(r"current_(catalog|database)|duckdb_|in_search_path|information_schema|pg_|pragma|show|sqlite_", re.I)
# Statements that read: those that write must not run again when their rows are asked for again.
GAP = r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*"
READS = re.compile(GAP + r"(?:describe|explain|from|pivot|select|show|summarize|table|unpivot|values|with)\b", re.I | re.S)
NO_ROWS = [[], ["Count"], ["Success"]]
PREPARED = "passed_by_the_page"


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


class DuckDBPyConnection(Fetches):
    """A connection to an empty database in memory."""

    rowcount = -1
    _numbers = itertools.count(1)
    _open: set[str] = set()

    def __init__(self) -> None:
        self._found: Result | None = None
        self._handle = wasm.connect()
        self._name = f"memory_{next(self._numbers)}"
        self._open.add(self._name)
        self._ask(f"ATTACH ':memory:' AS {self._name}")
        self._ask(f"USE {self._name}")

    def execute(self, query: str, parameters: Parameters = None) -> DuckDBPyConnection | None:
        """Run SQL and keep its result; None if there is no statement in it. Raises Error, or the kind that DuckDB names."""
        self._found = None
        columns = self._run(query, parameters)
        self._found = Result(columns)
        return self if columns else None

    def executemany(self, query: str, parameters: Iterable[Parameters]) -> DuckDBPyConnection:
        """Run SQL once with each set of parameters."""
        for each in parameters:
            self.execute(query, each)
        return self

    def sql(self, query: str, *, params: Parameters = None) -> DuckDBPyRelation | None:
        """A query whose rows can be fetched again and again; None for a statement that has none."""
        found = Result(self._run(query, params))
        reads = READS.match(query)
        if found.names in NO_ROWS and not reads:
            return None
        return DuckDBPyRelation(found, lambda: Result(self._run(query, params)) if reads else found)

    query = sql

    @property
    def description(self) -> list[tuple] | None:
        """Name and type of each column, as the Python database interface lays them out."""
        return self._found.description if self._found else None

    def begin(self) -> DuckDBPyConnection:
        return self.execute("BEGIN TRANSACTION")

    def commit(self) -> DuckDBPyConnection:
        return self.execute("COMMIT")

    def rollback(self) -> DuckDBPyConnection:
        return self.execute("ROLLBACK")

    def close(self) -> None:
        """Forget the tables, and what code attached and did not detach."""
        handle, self._handle, self._found = self._handle, None, None
        if handle is None:
            return
        wasm.close(handle)
        self._open.discard(self._name)
        attached = Result(wasm.query(_keeper, "SELECT database_name FROM duckdb_databases() WHERE NOT internal").to_py()).rows
        for (name,) in attached:
            if name not in self._open and name != "memory":
                wasm.query(_keeper, f"DETACH {identifier(name)}")

    def __enter__(self) -> DuckDBPyConnection:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def _result(self) -> Result:
        if self._found is None:
            raise refuse("Invalid Input", "No open result set")
        return self._found

    def _run(self, query: str, parameters: Parameters) -> list[dict]:
        if self._handle is None:
            raise refuse("Connection", "Connection already closed!")
        if not isinstance(query, str):
            raise refuse("Invalid Input", "Please provide either a DuckDBPyStatement or a string representing the query")
        if LOOKS.search(query):
            # In a transaction that has failed it cannot be drawn, nor can the query run.
            with contextlib.suppress(JsException):
                self._ask(CURTAIN)
        try:
            *first, last = self._statements(query)
            for statement in first:
                self._ask(statement)
            return self._ask(last) if parameters is None else self._run_with(last, parameters)
        except JsException as error:
            found = named(error)
        if "parameters, but none were supplied" in str(found):
            return self._run(query, [])
        raise found

    def _statements(self, query: str) -> list[str]:
        """The statements in a text, of which DuckDB-WASM would give the first one's rows, and its package the last one's."""
        if ";" not in query:
            return [query]
        text, starts = query.encode(), wasm.tokens(query).to_py()
        ends = [start for start in starts if text[start : start + 1] == b";"]
        parts = [(begin, end) for begin, end in zip([0, *(end + 1 for end in ends)], [*ends, len(text)])]
        filled = [text[begin:end].decode() for begin, end in parts if any(begin <= start < end for start in starts)]
        if len(filled) > 1:
            self._parse(query)
        return filled or [query]

    def _parse(self, query: str) -> None:
        """Raise what is wrong with any of several statements, before the first one runs."""
        try:
            wasm.check(self._handle, query)
        except JsException as error:
            if isinstance(named(error), errors.CLASSES["ParserException"]):
                raise

    def _run_with(self, query: str, parameters: Sequence[object] | Mapping[str, object]) -> list[dict]:
        """DuckDB-WASM takes numbers and text as parameters. SQL's own EXECUTE takes everything."""
        passed = arguments(parameters)
        wasm.check(self._handle, query)
        try:
            self._ask(f"PREPARE {PREPARED} AS {query}")
        except JsException:
            raise refuse("Not implemented", "in the page such a statement takes no parameters: write the values into it") from None
        try:
            return self._ask(f"EXECUTE {PREPARED}({passed})" if passed else f"EXECUTE {PREPARED}")
        finally:
            self._ask(f"DEALLOCATE {PREPARED}")

    def _ask(self, query: str) -> list[dict]:
        return wasm.query(self._handle, query).to_py()


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


def connect(database: str = ":memory:", read_only: bool = False, config: dict | None = None) -> DuckDBPyConnection:
    """A connection to an empty database. `config` is about threads and files, of which there are none here."""
    if database not in (":memory:", ""):
        raise refuse("IO", f"Cannot open {database!r}: the page has no database files; leave the name out")
    return DuckDBPyConnection()


@functools.cache
def default_connection() -> DuckDBPyConnection:
    """The connection that the module's own functions use."""
    return connect()


def execute(query: str, parameters: Parameters = None) -> DuckDBPyConnection | None:
    """Run SQL on the module's own connection."""
    return default_connection().execute(query, parameters)


def sql(query: str, *, params: Parameters = None) -> DuckDBPyRelation | None:
    """A query on the module's own connection."""
    return default_connection().sql(query, params=params)


query = sql


def unavailable(owner: str, name: str, known: Iterable[str]) -> str:
    there = ", ".join(sorted(each for each in known if not each.startswith("_")))
    return f"{owner}.{name} is not available in the page. These are: {there}"


def __getattr__(name: str) -> object:
    raise AttributeError(unavailable("duckdb", name, ["connect", "default_connection", "execute", "query", "sql", "the errors"]))


_keeper = wasm.connect()
for setting in SETTINGS:
    wasm.query(_keeper, f"SET GLOBAL {setting} = false")
