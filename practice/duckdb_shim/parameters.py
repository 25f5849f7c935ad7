"""Python's values as SQL, each of the type that DuckDB's own package would give it."""

from __future__ import annotations

import datetime as dt
import decimal
import uuid
from collections.abc import Mapping, Sequence

from .errors import refuse

INTEGERS = {"INTEGER": (-(2**31), 2**31), "BIGINT": (-(2**63), 2**63), "UBIGINT": (0, 2**64)}
INTEGERS |= {"HUGEINT": (-(2**127), 2**127), "UHUGEINT": (0, 2**128)}


def arguments(parameters: Sequence[object] | Mapping[str, object]) -> str:
    """What stands between the parentheses of an EXECUTE."""
    if isinstance(parameters, Mapping):
        return ", ".join(f"{identifier(name)} := {literal(value)}" for name, value in parameters.items())
    if isinstance(parameters, (str, bytes)) or not isinstance(parameters, Sequence):
        raise refuse("Invalid Input", "Prepared parameters can only be passed as a list or a dictionary")
    return ", ".join(map(literal, parameters))


def literal(value: object) -> str:
    """An expression of SQL for a value. Raises NotImplementedException for one that has none."""
    if hasattr(value, "item") and not isinstance(value, (list, dict)):
        value = value.item()  # NumPy's numbers
    if value is None or (isinstance(value, dt.datetime) and value != value):
        return "NULL"
    for types, write in WRITERS:
        if isinstance(value, types):
            return write(value)
    raise refuse("Not implemented", f"Unable to transform python value of type '{type(value)}' to DuckDB LogicalType")


def identifier(name: object) -> str:
    return '"' + str(name).replace('"', '""') + '"'


def cast(text: str, kind: str) -> str:
    return "CAST('" + text.replace("'", "''") + f"' AS {kind})"


def words(text: str) -> str:
    # SQL's text ends at a zero character.
    return " || chr(0) || ".join(cast(part, "VARCHAR") for part in text.split("\0"))


def integer(value: int) -> str:
    for kind, (least, end) in INTEGERS.items():
        if least <= value < end:
            return cast(str(value), kind)
    raise refuse("Invalid Input", f"Python integer too large for 128-bit integer type: {value}")


def number(value: decimal.Decimal) -> str:
    if not value.is_finite():
        return cast(str(value), "FLOAT")
    _, digits, exponent = value.as_tuple()
    scale = max(0, -exponent)
    width = max(len(digits) + max(0, exponent), scale + (len(digits) < scale))
    if width > 38:
        return cast(str(value), "DOUBLE")
    return cast(f"{value:f}", f"DECIMAL({width}, {scale})")


def moment(value: dt.datetime) -> str:
    if value.tzinfo:
        raise refuse("Invalid Input", "the page has no time zones: pass a datetime in UTC, without tzinfo")
    return cast(value.isoformat(" "), "TIMESTAMP")


def blob(value: bytes | bytearray | memoryview) -> str:
    return cast("".join(f"\\x{byte:02X}" for byte in bytes(value)), "BLOB")


def span(value: dt.timedelta) -> str:
    microseconds = value.seconds * 1_000_000 + value.microseconds
    return cast(f"{value.days} days {microseconds} microseconds", "INTERVAL")


def time(value: dt.time) -> str:
    return cast(value.isoformat(), "TIMETZ" if value.tzinfo else "TIME")


def sequence(value: Sequence[object]) -> str:
    """A list. One text among numbers makes texts of them all."""
    mixed = any(isinstance(each, str) for each in value)
    return "[" + ", ".join(f"CAST({literal(each)} AS VARCHAR)" if mixed else literal(each) for each in value) + "]"


def mapping(value: Mapping[object, object]) -> str:
    """A MAP where the keys say so, as DuckDB's package has it; otherwise a STRUCT."""
    keys, values = value.get("key"), value.get("value")
    lists = isinstance(keys, list) and isinstance(values, list) and len(value) == 2
    if not value or (lists and len(keys) == len(values)):
        return f"MAP({sequence(keys or [])}, {sequence(values or [])})"
    return "{" + ", ".join(f"{identifier(name)}: {literal(each)}" for name, each in value.items()) + "}"


# A datetime is a date too, and a bool an int.
WRITERS = [
    (bool, lambda value: str(value).lower()),
    (int, integer),
    (float, lambda value: cast(repr(value), "DOUBLE")),
    (decimal.Decimal, number),
    (str, words),
    ((bytes, bytearray, memoryview), blob),
    (dt.datetime, moment),
    (dt.date, lambda value: cast(value.isoformat(), "DATE")),
    (dt.time, time),
    (dt.timedelta, span),
    (uuid.UUID, lambda value: cast(str(value), "UUID")),
    ((list, tuple), sequence),
    (dict, mapping),
]
