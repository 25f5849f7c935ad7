"""DuckDB's names of the types that Arrow's schema holds."""

from __future__ import annotations

import re

NAMES = {
    "arrow.bool8": "BOOLEAN",
    "arrow.uuid": "UUID",
    "time_tz": "TIME WITH TIME ZONE",
    "Int8": "TINYINT",
    "Int16": "SMALLINT",
    "Int32": "INTEGER",
    "Int64": "BIGINT",
    "Uint8": "UTINYINT",
    "Uint16": "USMALLINT",
    "Uint32": "UINTEGER",
    "Uint64": "UBIGINT",
    "Float32": "FLOAT",
    "Float64": "DOUBLE",
    "Utf8": "VARCHAR",
    "Binary": "BLOB",
    "Date32<DAY>": "DATE",
    "Time64<MICROSECOND>": "TIME",
    "Time64<NANOSECOND>": "TIME_NS",
    "Timestamp<SECOND>": "TIMESTAMP_S",
    "Timestamp<MILLISECOND>": "TIMESTAMP_MS",
    "Timestamp<MICROSECOND>": "TIMESTAMP",
    "Timestamp<NANOSECOND>": "TIMESTAMP_NS",
    "Timestamp<MICROSECOND, UTC>": "TIMESTAMP WITH TIME ZONE",
    "Interval<MONTH_DAY_NANO>": "INTERVAL",
}


def base(kind: dict) -> str:
    return re.match(r"\w+", kind["arrow"])[0]


def type_name(kind: dict) -> str:
    """DuckDB's name of a type. Of an ENUM the words are left out."""
    children = [type_name(child) for child in kind["children"]]
    match base(kind):
        case "Decimal":
            return f"DECIMAL({re.search(r'[0-9]+', kind['arrow'])[0]},{kind['scale']})"
        case "List":
            return f"{children[0]}[]"
        case "FixedSizeList":
            return f"{children[0]}[{re.search(r'[0-9]+', kind['arrow'])[0]}]"
        case "Map":
            return f"MAP({', '.join(type_name(child) for child in kind['children'][0]['children'])})"
        case "Struct" | "Union" as name:
            fields = [f"{child['name']} {inner}".strip() for child, inner in zip(kind["children"], children)]
            return f"{name.upper()}({', '.join(fields)})"
        case "Dictionary":
            return "ENUM"
    return NAMES.get(kind["extension"] or kind["arrow"], kind["extension"].upper())
