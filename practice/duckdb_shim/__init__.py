"""`import duckdb` in the page: DuckDB-WASM, of the version that the book runs, behind the calls of its own package.

What a query gives is what it gives natively: rows, names and types of columns, errors; `tests/site/test_duckdb.py`
holds it to that. What cannot be the same raises an error that says so:

- extensions are missing, so JSON, Parquet, time zones (with `current_date` and `today()`) and the network;
- files: nothing is read from or written to any;
- Python's variables as tables (`FROM frame`), relations beyond `sql(...)` and what fetches its rows, cursors,
  functions of one's own, Arrow and Polars;
- values of the types TIMESTAMP WITH TIME ZONE, BIGNUM, GEOMETRY and VARIANT, until they are cast; in `df()` also TIME
  WITH TIME ZONE, BLOB, BIT and nested types, and after other rows were fetched;
- parameters in statements other than SELECT, INSERT, UPDATE and DELETE, and those with a time zone.

Different without an error: the session's time zone is UTC; a type's name in `description` has no quotes and no words of
an ENUM; a Decimal with a positive exponent, such as 1E3, is passed on as it is, where the native package makes 1.000 of
it. A connection's tables cannot be named with `memory.` in front.
"""

from __future__ import annotations

import functools

import _duckdb_wasm as wasm

from .connections import DuckDBPyConnection, Parameters
from .errors import CLASSES, refuse
from .results import DuckDBPyRelation, unavailable

globals().update(CLASSES)

__version__ = wasm.version.removeprefix("v")
apilevel, paramstyle, threadsafety = "2.0", "qmark", 1


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


def __getattr__(name: str) -> object:
    functions = ["connect", "default_connection", "execute", "query", "sql"]
    raise AttributeError(unavailable("duckdb", name, [*functions, "the errors"]))
