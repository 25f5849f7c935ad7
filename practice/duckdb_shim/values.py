"""Arrow's buffers, as DuckDB hands a result over, into the values that DuckDB's own package makes of them.

A type is a dict with `arrow` (Arrow's name for it), `extension` (DuckDB's name, where Arrow has none), `scale` and
`children`; a chunk is a dict of `length`, `valid`, `values`, `offsets`, `ids`, `children` and `dictionary`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from .errors import refuse
from .names import base, type_name
from .scalars import CONVERTERS

FORMATS = {
    "Int8": "b",
    "Int16": "h",
    "Int32": "i",
    "Int64": "q",
    "Uint8": "B",
    "Uint16": "H",
    "Uint32": "I",
    "Uint64": "Q",
    "Float32": "f",
    "Float64": "d",
    "Date32": "i",
    "Time64": "q",
    "Timestamp": "q",
}
UNREADABLE = {"bignum", "geometry", "variant"}


def values(kind: dict, chunks: Iterable[dict]) -> list:
    """A column's values, NULL as None."""
    return [value for chunk in chunks for value in chunk_values(kind, chunk)]


def chunk_values(kind: dict, chunk: dict) -> list:
    convert = CONVERTERS.get(kind["extension"] or base(kind))
    found = raw(kind, chunk)
    return [None if value is None else convert(value, kind) for value in found] if convert else found


def raw(kind: dict, chunk: dict) -> list:
    """What the buffers hold: numbers, bytes, or the values of nested types; None where a value is NULL."""
    if kind["extension"] in UNREADABLE:
        raise refuse("Not implemented", f"the page cannot read a {type_name(kind)}: cast it to VARCHAR")
    name, length = base(kind), chunk["length"]
    found = fixed(FORMATS[name], chunk["values"], length) if name in FORMATS else READERS[name](kind, chunk)
    valid = chunk["valid"]
    if not valid:
        return found
    return [value if valid[index >> 3] >> (index & 7) & 1 else None for index, value in enumerate(found[:length])]


def fixed(code: str, buffer: memoryview | None, length: int) -> list:
    return memoryview(buffer).cast(code)[:length].tolist() if length else []


def blocks(size: int, chunk: dict) -> list[bytes]:
    data = bytes(chunk["values"]) if chunk["length"] else b""
    return [data[size * index : size * (index + 1)] for index in range(chunk["length"])]


def of_varying_length(kind: dict, chunk: dict) -> list[bytes]:
    data, offsets = bytes(chunk["values"] or b""), chunk["offsets"]
    return [data[offsets[index] : offsets[index + 1]] for index in range(chunk["length"])]


def strings(kind: dict, chunk: dict) -> list[str]:
    return [text.decode() for text in of_varying_length(kind, chunk)]


def lists(kind: dict, chunk: dict) -> list[list]:
    items, offsets = chunk_values(kind["children"][0], chunk["children"][0]), chunk["offsets"]
    return [items[offsets[index] : offsets[index + 1]] for index in range(chunk["length"])]


def arrays(kind: dict, chunk: dict) -> list[tuple]:
    items, size = chunk_values(kind["children"][0], chunk["children"][0]), int(re.search(r"\[(\d+)", kind["arrow"])[1])
    return [tuple(items[size * index : size * (index + 1)]) for index in range(chunk["length"])]


def structs(kind: dict, chunk: dict) -> list[dict | tuple]:
    names = [child["name"] for child in kind["children"]]
    rows = zip(*(chunk_values(*pair) for pair in zip(kind["children"], chunk["children"])))
    # A row() has no names.
    return [dict(zip(names, row)) if any(names) else row for row in rows]


def maps(kind: dict, chunk: dict) -> list[dict]:
    entries, (key, value) = chunk["children"][0], kind["children"][0]["children"]
    keys, items = chunk_values(key, entries["children"][0]), chunk_values(value, entries["children"][1])
    slices = [slice(chunk["offsets"][index], chunk["offsets"][index + 1]) for index in range(chunk["length"])]
    if base(key) in ("List", "Struct", "Map"):  # which Python cannot have as keys
        return [{"key": keys[part], "value": items[part]} if keys[part] else {} for part in slices]
    return [dict(zip(keys[part], items[part])) for part in slices]


def unions(kind: dict, chunk: dict) -> list:
    members = [chunk_values(*pair) for pair in zip(kind["children"], chunk["children"])]
    return [members[member][index] for index, member in enumerate(list(chunk["ids"])[: chunk["length"]])]


def enums(kind: dict, chunk: dict) -> list[str | None]:
    words = categories(chunk)
    codes = fixed(FORMATS[re.search(r"<(\w+)", kind["arrow"])[1]], chunk["values"], chunk["length"])
    # Where the value is NULL, the code means nothing.
    return [words[code] if code < len(words) else None for code in codes]


def categories(chunk: dict) -> list[str]:
    return [word for part in chunk["dictionary"] for word in strings({}, part)]


READERS: dict[str, Callable[[dict, dict], list]] = {
    "Utf8": strings,
    "Binary": of_varying_length,
    "FixedSizeBinary": lambda kind, chunk: blocks(int(re.search(r"\d+", kind["arrow"])[0]), chunk),
    "Decimal": lambda kind, chunk: blocks(16, chunk),
    "Interval": lambda kind, chunk: blocks(16, chunk),
    "List": lists,
    "FixedSizeList": arrays,
    "Struct": structs,
    "Map": maps,
    "Union": unions,
    "Dictionary": enums,
}
