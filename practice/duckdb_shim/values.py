"""Arrow's buffers, as DuckDB hands a result over, into the values that DuckDB's own package makes of them.

A type is a dict with `arrow` (Arrow's name for it), `extension` (DuckDB's name, where Arrow has none), `scale` and
`children`; a chunk is a dict of `length`, `valid`, `values`, `offsets`, `ids`, `children` and `dictionary`.
"""

from __future__ import annotations

import datetime as dt
import decimal
import re
import uuid
from collections.abc import Callable, Iterable

from .errors import refuse

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
MICROSECONDS = {"SECOND": 10**6, "MILLISECOND": 10**3, "MICROSECOND": 1}
DAY_US = 86_400_000_000
EPOCH = dt.date(1970, 1, 1).toordinal()
# The calendar repeats after as many days, which are 400 years.
CYCLE = 146_097
LATEST_OFFSET_S = 16 * 3600 - 1
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


def base(kind: dict) -> str:
    return re.match(r"\w+", kind["arrow"])[0]


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


def to_decimal(block: bytes, kind: dict) -> decimal.Decimal:
    number = int.from_bytes(block, "little", signed=True)
    # As text, because arithmetic would round to 28 digits.
    return decimal.Decimal(f"{number}E-{kind['scale']}")


def to_date(days: int, kind: dict) -> dt.date | str:
    """A date; infinity as the last or first that Python has, and any other that it lacks as text."""
    if abs(days) == 2**31 - 1:
        return dt.date.max if days > 0 else dt.date.min
    cycles, rest = divmod(days + EPOCH - 1, CYCLE)
    day = dt.date.fromordinal(rest + 1)
    year = day.year + 400 * cycles
    if dt.MINYEAR <= year <= dt.MAXYEAR:
        return day.replace(year=year)
    return f"{year:04d}{day:-%m-%d}" if year > 0 else f"{1 - year:04d}{day:-%m-%d} (BC)"


def to_timestamp(count: int, kind: dict) -> dt.datetime | str:
    """A datetime; infinity as the last or first that Python has, and any other that it lacks as text."""
    unit = re.search(r"<(\w+)", kind["arrow"])[1]
    if "UTC" in kind["arrow"]:
        raise refuse(
            "Not implemented", "the page has no time zones: cast a TIMESTAMP WITH TIME ZONE to TIMESTAMP or VARCHAR"
        )
    if abs(count) == 2**63 - 1:
        return dt.datetime.max if count > 0 else dt.datetime.min
    days, microseconds = divmod(count * MICROSECONDS[unit] if unit in MICROSECONDS else toward_zero(count), DAY_US)
    day, time = to_date(days, kind), clock(microseconds)
    return (
        f"{day} {str(time).rstrip('0') if time.microsecond else time}"
        if isinstance(day, str)
        else dt.datetime.combine(day, time)
    )


def toward_zero(nanoseconds: int) -> int:
    return nanoseconds // 1000 if nanoseconds > 0 else -(-nanoseconds // 1000)


def to_time(count: int, kind: dict) -> dt.time | str:
    """A time; midnight at the end of the day, which Python lacks, as text."""
    microseconds = count // 1000 if "NANOSECOND" in kind["arrow"] else count
    return "24:00:00" if microseconds == DAY_US else clock(microseconds)


def to_time_with_zone(block: bytes, kind: dict) -> dt.time | str:
    packed = int.from_bytes(block, "little")
    zone = dt.timezone(dt.timedelta(seconds=LATEST_OFFSET_S - (packed & 0xFFFFFF)))
    time = to_time(packed >> 24, kind)
    return (
        f"{time}{dt.datetime.now(zone):%:z}".removesuffix(":00") if isinstance(time, str) else time.replace(tzinfo=zone)
    )


def clock(microseconds: int) -> dt.time:
    return (dt.datetime.min + dt.timedelta(microseconds=microseconds)).time()


def months_days_microseconds(block: bytes) -> tuple[int, int, int]:
    months, days = memoryview(block[:8]).cast("i").tolist()
    return months, days, memoryview(block[8:]).cast("q").tolist()[0] // 1000


def to_timedelta(block: bytes, kind: dict) -> dt.timedelta:
    months, days, microseconds = months_days_microseconds(block)
    return dt.timedelta(days=30 * months + days, microseconds=microseconds)


def to_bits(block: bytes, kind: dict) -> str:
    """The first byte counts the bits in the second that are not used."""
    return "".join(f"{byte:08b}" for byte in block[1:])[block[0] :]


CONVERTERS: dict[str, Callable[[object, dict], object]] = {
    "arrow.bool8": lambda value, kind: bool(value),
    "arrow.uuid": lambda block, kind: uuid.UUID(bytes=block),
    "hugeint": lambda block, kind: int.from_bytes(block, "little", signed=True),
    "uhugeint": lambda block, kind: int.from_bytes(block, "little"),
    "time_tz": to_time_with_zone,
    "bit": to_bits,
    "Decimal": to_decimal,
    "Date32": to_date,
    "Timestamp": to_timestamp,
    "Time64": to_time,
    "Interval": to_timedelta,
}

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
            fields = [f"{child['name']} {name}".strip() for child, name in zip(kind["children"], children)]
            return f"{name.upper()}({', '.join(fields)})"
        case "Dictionary":
            return "ENUM"
    return NAMES.get(kind["extension"] or kind["arrow"], kind["extension"].upper())
