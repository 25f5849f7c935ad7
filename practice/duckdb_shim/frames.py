"""A result as a pandas DataFrame, each column of the type that DuckDB's own package gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import refuse
from .names import base, type_name
from .scalars import DAY_US, months_days_microseconds
from .values import categories, raw, values

if TYPE_CHECKING:
    import pandas as pd

UNITS = {"SECOND": "s", "MILLISECOND": "ms", "MICROSECOND": "us", "NANOSECOND": "ns"}
NOT_A_TIME = -(2**63)


def frame(columns: list[dict]) -> pd.DataFrame:
    import pandas as pd

    # Where pandas is missing, this says so before NumPy is missed.
    pd.DataFrame()
    made: dict[str, object] = {}
    for column in columns:
        name, count = column["name"], 1
        while name in made:
            name, count = f"{column['name']}_{count}", count + 1
        made[name] = series(column)
    return pd.DataFrame(made)


def series(column: dict) -> object:
    """A column's values as pandas takes them."""
    import numpy as np
    import pandas as pd

    kind, chunks = column["type"], column["chunks"]
    name = base(kind)
    if kind["extension"] == "hugeint" or name == "Decimal":
        found = [np.nan if value is None else float(value) for value in values(kind, chunks)]
        return np.array(found, dtype="float64")
    if kind["extension"] == "arrow.uuid" or (name == "Time64" and not kind["extension"]):
        return pd.Series([pd.NA if value is None else value for value in values(kind, chunks)], dtype=object)
    if name == "Dictionary":
        words = [word for chunk in chunks[:1] for word in categories(chunk)]
        return pd.Categorical(values(kind, chunks), categories=words, ordered=True)
    if name == "Utf8":
        found = values(kind, chunks)
        return pd.Series(found, dtype=None if found else object)
    found = [value for chunk in chunks for value in raw(kind, chunk)]
    if kind["extension"] == "arrow.bool8":
        return numbers([None if value is None else bool(value) for value in found], "bool")
    if name == "Interval":
        return times([value if value is None else microseconds(value) for value in found], "m8[us]")
    if name.startswith(("Int", "Uint")):
        return numbers(found, name.lower())
    if name.startswith("Float"):
        return np.array([np.nan if value is None else value for value in found], dtype=name.lower())
    if name == "Date32":
        return times([value if value is None else value * DAY_US for value in found], "M8[us]")
    if name == "Timestamp" and "UTC" not in kind["arrow"]:
        return times(found, f"M8[{UNITS[kind['arrow'][len('Timestamp<') : -1]]}]")
    said = f"in the page df() cannot hold {column['name']}, a {type_name(kind)}: use fetchall()"
    raise refuse("Not implemented", said)


def times(found: list, dtype: str) -> object:
    import numpy as np

    return np.array([NOT_A_TIME if value is None else value for value in found], "int64").view(dtype)


def numbers(found: list, dtype: str) -> object:
    """An array of `dtype`; where something is NULL, of pandas' type of that name that has it."""
    import numpy as np
    import pandas as pd

    if None not in found:
        return np.array(found, dtype=dtype)
    return pd.array(found, dtype="boolean" if dtype == "bool" else dtype.replace("int", "Int").replace("uI", "UI"))


def microseconds(block: bytes) -> int:
    months, days, rest = months_days_microseconds(block)
    return (30 * months + days) * DAY_US + rest
