"""Single values out of Arrow's buffers, as DuckDB's own package gives them."""

from __future__ import annotations

import datetime as dt
import decimal
import re
import uuid
from collections.abc import Callable

from .errors import refuse

MICROSECONDS = {"SECOND": 10**6, "MILLISECOND": 10**3, "MICROSECOND": 1}
DAY_US = 86_400_000_000
EPOCH = dt.date(1970, 1, 1).toordinal()
# The calendar repeats after as many days, which are 400 years.
CYCLE = 146_097
LATEST_OFFSET_S = 16 * 3600 - 1


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
