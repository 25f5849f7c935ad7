"""A connection to a database in memory, of which DuckDB-WASM has one for all."""

from __future__ import annotations

import contextlib
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

import _duckdb_wasm as wasm
from pyodide import ffi

from .curtain import CURTAIN, LOOKS
from .errors import CLASSES, named, refuse
from .parameters import arguments, identifier
from .results import DuckDBPyRelation, Fetches, Result

Parameters = Sequence[object] | Mapping[str, object] | None

# The settings that no code may undo: what is missing must not be looked for outside.
SETTINGS = ["autoinstall_known_extensions", "autoload_known_extensions", "enable_external_access"]
# Statements that read: those that write must not run again when their rows are asked for again.
GAP = r"(?:\s|\(|--[^\n]*\n|/\*.*?\*/)*"
WORDS = r"(?:describe|explain|from|pivot|select|show|summarize|table|unpivot|values|with)\b"
READS = re.compile(GAP + WORDS, re.I | re.S)
NO_ROWS = [[], ["Count"], ["Success"]]
DATABASES = "SELECT database_name FROM duckdb_databases() WHERE NOT internal"
PREPARED = "passed_by_the_page"


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
        """Run SQL and keep its result; None if it holds no statement. Raises Error, or the kind that DuckDB names."""
        self._found = None
        if columns := self._run(query, parameters):
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
        for (name,) in Result(wasm.query(_keeper, DATABASES).to_py()).rows:
            if name not in self._open and name != "memory":
                wasm.query(_keeper, f"DETACH {identifier(name)}")

    def __enter__(self) -> DuckDBPyConnection:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()

    def __getstate__(self) -> dict:
        """What code can leave behind. The harness looks at it, and makes the page's own connection anew."""
        return {"closed": self._handle is None, "in a transaction": self._in_transaction()}

    def __deepcopy__(self, known: dict) -> DuckDBPyConnection:
        raise TypeError("a connection cannot be copied")

    def _in_transaction(self) -> bool:
        if self._handle is None:
            return False
        try:
            self._ask("BEGIN")
        except ffi.JsException:
            return True
        self._ask("ROLLBACK")
        return False

    def _result(self) -> Result:
        if self._found is None:
            raise refuse("Invalid Input", "No open result set")
        return self._found

    def _run(self, query: str, parameters: Parameters) -> list[dict]:
        if self._handle is None:
            raise refuse("Connection", "Connection already closed!")
        if not isinstance(query, str):
            raise refuse("Invalid Input", "Please provide a string representing the query")
        if LOOKS.search(query):
            # In a transaction that has failed it cannot be drawn, nor can the query run.
            with contextlib.suppress(ffi.JsException):
                self._ask(CURTAIN)
        try:
            *first, last = self._statements(query)
            for statement in first:
                self._ask(statement)
            plain = parameters is None or parameters in ([], (), {})
            return self._run_without(last) if plain else self._run_with(last, parameters)
        except ffi.JsException as error:
            raise named(error) from None

    def _statements(self, query: str) -> list[str]:
        """The statements in a text. DuckDB-WASM would give the rows of the first, where the last is wanted."""
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
        except ffi.JsException as error:
            if isinstance(named(error), CLASSES["ParserException"]):
                raise

    def _run_without(self, query: str) -> list[dict]:
        try:
            return self._ask(query)
        except ffi.JsException as error:
            if "parameters, but none were supplied" not in error.message:
                raise
            # EXECUTE says which.
            return self._run_with(query, [])

    def _run_with(self, query: str, parameters: Sequence[object] | Mapping[str, object]) -> list[dict]:
        """DuckDB-WASM takes numbers and text as parameters. SQL's own EXECUTE takes everything."""
        passed = arguments(parameters)
        wasm.check(self._handle, query)
        try:
            self._ask(f"PREPARE {PREPARED} AS {query}")
        except ffi.JsException:
            said = "in the page such a statement takes no parameters: write the values into it"
            raise refuse("Not implemented", said) from None
        try:
            return self._ask(f"EXECUTE {PREPARED}({passed})" if passed else f"EXECUTE {PREPARED}")
        finally:
            # Not in a transaction that has failed.
            with contextlib.suppress(ffi.JsException):
                self._ask(f"DEALLOCATE {PREPARED}")

    def _ask(self, query: str) -> list[dict]:
        return wasm.query(self._handle, query).to_py()


_keeper = wasm.connect()
for setting in SETTINGS:
    wasm.query(_keeper, f"SET GLOBAL {setting} = false")
