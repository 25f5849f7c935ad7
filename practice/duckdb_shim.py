"""`import duckdb` in the page: DuckDB-WASM behind the calls that the book's SQL page uses."""

from __future__ import annotations

import datetime as dt
import decimal
from collections.abc import Sequence

import _duckdb_wasm as wasm

__version__ = wasm.version.removeprefix("v")
EPOCH = dt.datetime(1970, 1, 1)


class Error(Exception):
    """Any error of DuckDB's."""


class DatabaseError(Error): ...


class OperationalError(DatabaseError): ...


class ProgrammingError(DatabaseError): ...


class BinderException(ProgrammingError): ...


class CatalogException(ProgrammingError): ...


class ParserException(ProgrammingError): ...


class InvalidInputException(ProgrammingError): ...


class ConversionException(DatabaseError): ...


class OutOfRangeException(DatabaseError): ...


class ConstraintException(DatabaseError): ...


class TransactionException(OperationalError): ...


class IOException(OperationalError): ...


KINDS = {
    "Binder": BinderException,
    "Catalog": CatalogException,
    "Parser": ParserException,
    "Invalid Input": InvalidInputException,
    "Conversion": ConversionException,
    "Out of Range": OutOfRangeException,
    "Constraint": ConstraintException,
    "TransactionContext": TransactionException,
    "IO": IOException,
}


class DuckDBPyConnection:
    """A connection to an empty database in memory."""

    def __init__(self) -> None:
        self._handle = wasm.connect()
        self._columns: list[tuple[str, str, list]] = []
        self._rows: list[tuple] = []

    def execute(self, query: str, parameters: Sequence[object] | None = None) -> DuckDBPyConnection:
        """Run SQL and keep its result. Raises Error, or the kind of it that DuckDB names."""
        if self._handle is None:
            raise InvalidInputException("the connection is closed")
        try:
            found = wasm.query(self._handle, str(query), list(parameters or ()))
        except Exception as error:
            raise _named(error) from None
        self._columns = [(column.name, column.kind, _values(column)) for column in found]
        self._rows = list(zip(*(values for _, _, values in self._columns)))
        return self

    sql = query = execute

    @property
    def description(self) -> list[tuple]:
        """Name and kind of each column, as the Python database interface lays them out."""
        return [(name, kind, None, None, None, None, None) for name, kind, _ in self._columns]

    @property
    def columns(self) -> list[str]:
        return [name for name, _, _ in self._columns]

    def fetchall(self) -> list[tuple]:
        rows, self._rows = self._rows, []
        return rows

    def fetchone(self) -> tuple | None:
        return self._rows.pop(0) if self._rows else None

    def df(self) -> object:
        """The result as a pandas DataFrame, with the types that DuckDB gives it: DECIMALs are floats."""
        import pandas as pd

        columns = {name: pd.Series(values, dtype=_dtype(kind, values)) for name, kind, values in self._columns}
        return pd.DataFrame(columns)

    fetchdf = df

    def begin(self) -> DuckDBPyConnection:
        return self.execute("BEGIN TRANSACTION")

    def commit(self) -> DuckDBPyConnection:
        return self.execute("COMMIT")

    def rollback(self) -> DuckDBPyConnection:
        return self.execute("ROLLBACK")

    def close(self) -> None:
        if self._handle is not None:
            wasm.close(self._handle)
            self._handle = None

    def __enter__(self) -> DuckDBPyConnection:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def __del__(self) -> None:
        self.close()


def connect(database: str = ":memory:", *, config: dict | None = None) -> DuckDBPyConnection:
    """A connection. `config` is about threads and files, of which there are none here."""
    if database not in (":memory:", ""):
        raise IOException(f"{database!r}: the page has no database files; leave the name out")
    return DuckDBPyConnection()


_default: list[DuckDBPyConnection] = []


def execute(query: str, parameters: Sequence[object] | None = None) -> DuckDBPyConnection:
    """Run SQL on the module's own connection."""
    if not _default:
        _default.append(connect())
    return _default[0].execute(query, parameters)


sql = query = execute


def _named(error: Exception) -> Error:
    """DuckDB's error: its kind by the first words, its text without what Pyodide and JavaScript put around it."""
    paragraphs = str(error).removeprefix("Error: ").split("\n\n")
    text = "\n\n".join(dict.fromkeys(paragraphs))
    return KINDS.get(text.split(" Error:")[0], Error)(text)


def _values(column: object) -> list:
    values = column.values  # noqa: PD011, a column of JavaScript's
    values = values.to_py() if hasattr(values, "to_py") else list(values)
    convert = _converter(column.kind)
    return [None if value is None else convert(value) for value in values]


def _converter(kind: str) -> object:
    if kind.startswith("decimal"):
        scale = int(kind.split()[1])
        # An integer as DuckDB gives it for HUGEINT: a DECIMAL without places.
        return (lambda value: decimal.Decimal(int(value)).scaleb(-scale)) if scale else int
    if kind == "date":
        return lambda ms: (EPOCH + dt.timedelta(milliseconds=ms)).date()
    if kind == "timestamp":
        return lambda ms: EPOCH + dt.timedelta(microseconds=round(ms * 1000))
    return {"integer": int, "float": float}.get(kind, lambda value: value)


def _dtype(kind: str, values: list) -> str | None:
    if kind in ("date", "timestamp"):
        return "datetime64[us]"
    if kind.startswith("decimal") or kind == "float":
        return "float64"
    if kind == "integer":
        return "float64" if None in values else "int64"
    return None


def __getattr__(name: str) -> object:
    raise AttributeError(f"duckdb.{name} is not available in the page; connect(), execute(), fetchall() and df() are")
