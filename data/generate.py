"""Make the book's generated data sets: the same bytes on every machine. NumPy and the standard library only.

usage: python data/generate.py [NAME ...]

Without names, every file is written beside this script; `contents("transactions.csv")` gives the bytes alone.
To add a file, write a function that returns its text and put `@makes("name.csv")` above it.
"""

from __future__ import annotations

import argparse
import sys
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent
SEED = 20_230_101
MAKERS: dict[str, Callable[[np.random.Generator], str]] = {}


def makes(name: str) -> Callable[[Callable], Callable]:
    """Register the function that writes the text of `name`; it gets a generator of random numbers of its own."""

    def register(maker: Callable[[np.random.Generator], str]) -> Callable:
        MAKERS[name] = maker
        return maker

    return register


def contents(name: str) -> bytes:
    """The bytes of one file. Raises KeyError for a name that no function makes."""
    return MAKERS[name](generator(name)).encode("ascii")


def generator(name: str) -> np.random.Generator:
    """Random numbers for one file; they follow from its name, so that a new file leaves the others as they are.

    `random` and `integers` give the same numbers on every machine. What went through `exp` or `log` may differ in its
    last digit: round it before it is written.
    """
    return np.random.Generator(np.random.PCG64([SEED, zlib.crc32(name.encode())]))


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV with `\\n` line ends; None is an empty field. Values must need no quotes: say floats as text."""
    lines = [",".join(head)]
    for row in rows:
        fields = ["" if value is None else str(value) for value in row]
        if any(isinstance(value, float) for value in row) or any(set(field) & set(',"\n\r') for field in fields):
            raise ValueError(f"row {row!r} holds a float, a comma, a quote or a line end")
        lines.append(",".join(fields))
    return "\n".join(lines) + "\n"


def pick(rng: np.random.Generator, shares: Sequence[int]) -> int:
    """An index drawn with probability in proportion to `shares`."""
    return int(np.searchsorted(np.cumsum(shares), rng.integers(sum(shares)), side="right"))


def bell(rng: np.random.Generator) -> float:
    """A nearly normal number, mean 0 and standard deviation 1: twelve uniform ones added, exactly."""
    return int(rng.integers(0, 2**32, 12).sum()) / 2**32 - 6.0


# Transactions and labels: coding/03

FIRST_MONTH, N_MONTHS = np.datetime64("2023-01", "M"), 24
SECOND = np.timedelta64(1, "s")
# Shares of purchases by hour of the day in UTC, from midnight.
HOURS = (2, 1, 1, 1, 1, 1, 2, 4, 6, 7, 8, 9, 11, 11, 9, 8, 8, 10, 13, 15, 15, 12, 8, 4)
# How many purchases a month holds, for a quiet, a usual and a busy user.
COUNTS = ((55, 30, 12, 3), (20, 32, 26, 14, 6, 2), (4, 14, 24, 26, 18, 10, 4))


@dataclass(frozen=True)
class Row:
    """A transaction: `cents` and `time` may be missing; `place` is when the row reached the table."""

    user: int | None
    cents: int | None
    time: np.datetime64 | None
    place: np.datetime64

    def fields(self) -> tuple[object, ...]:
        return self.user, money(self.cents), None if self.time is None else str(self.time).replace("T", " ")


def money(cents: int | None) -> str | None:
    """Cents as an amount with two decimals: -5 is `-0.05`."""
    if cents is None:
        return None
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def month_start(index: int) -> np.datetime64:
    """The first second of the month `index` after the first."""
    return (FIRST_MONTH + np.timedelta64(index, "M")).astype("datetime64[s]")


@makes("transactions.csv")
def transactions(rng: np.random.Generator) -> str:
    """Two years of a shop's payments, in the order in which they arrived, with the faults that such tables have."""
    rows = [row for user in range(1001, 1121) for row in shopper(rng, user)]
    rows = [with_fault(rng, row) for row in rows]
    rows += at_month_ends(rng) + special_users()
    rows.sort(key=lambda row: (row.place, row.user or 0, row.cents or 0))
    return csv_text(("user_id", "amount", "date"), (row.fields() for row in rows))


def shopper(rng: np.random.Generator, user: int) -> list[Row]:
    """One user's purchases and refunds: active from a first to a last month, with whole months left out."""
    first = pick(rng, (40, 10, 8, 7, 6, 5, 5, 4, 4, 4, 4, 3))
    last = N_MONTHS if rng.random() < 0.6 else int(rng.integers(first + 3, N_MONTHS))
    counts, typical = COUNTS[pick(rng, (3, 5, 2))], 3.3 + 0.6 * bell(rng)
    rows = []
    for month in range(first, last):
        away = rng.random() < 0.12
        extra = 1 if month % 12 == 11 and rng.random() < 0.6 else 0
        for _ in range(0 if away else pick(rng, counts) + extra):
            rows += purchase(rng, user, month, typical)
    return rows


def purchase(rng: np.random.Generator, user: int, month: int, typical: float) -> list[Row]:
    """A purchase in `month`, and in one case of twenty its refund some days later."""
    cents = max(99, round(100 * float(np.exp(typical + 0.8 * bell(rng)))))
    start, days = month_start(month), int((month_start(month + 1) - month_start(month)) / (86_400 * SECOND))
    hour = 24 * int(rng.integers(days)) + pick(rng, HOURS)
    time = start + (3_600 * hour + int(rng.integers(3_600))) * SECOND
    rows = [Row(user, cents, time, time)]
    back = time + int(rng.integers(2 * 86_400, 35 * 86_400)) * SECOND
    if rng.random() < 0.05 and back < month_start(N_MONTHS):
        rows.append(Row(user, -cents, back, back))
    return rows


def with_fault(rng: np.random.Generator, row: Row) -> Row:
    """The row, or in a few cases without its amount, its date or its user."""
    fault = pick(rng, (970, 15, 10, 5))
    return (
        row,
        Row(row.user, None, row.time, row.place),
        Row(row.user, row.cents, None, row.place),
        Row(None, row.cents, row.time, row.place),
    )[fault]


def at_month_ends(rng: np.random.Generator) -> list[Row]:
    """Payments on the evening of a month's last day, and within an hour of its end on both sides."""
    rows = []
    for month in range(1, N_MONTHS):
        for earliest, latest in ((-6 * 3_600, -3_600), (-3_600, 0), (0, 3_600)):
            time = month_start(month) + int(rng.integers(earliest, latest)) * SECOND
            rows.append(Row(int(rng.integers(1001, 1121)), int(rng.integers(500, 9_000)), time, time))
    for month, seconds in ((6, -1), (6, 0), (12, -1), (12, 0)):
        time = month_start(month) + seconds * SECOND
        rows.append(Row(1001, 1_000 + month, time, time))
    return rows


def special_users() -> list[Row]:
    """Users who are edge cases as a whole: see `README.md`."""
    written = (
        (1121, 4_500, None, "2023-05-11T12:00:00"),
        (1121, 2_250, None, "2023-09-02T08:30:00"),
        (1122, None, "2023-03-08T17:45:10", None),
        (1122, None, "2023-06-19T20:01:44", None),
        (1123, 10_000, "2023-01-15T10:00:00", None),
        (1123, 5_000, "2024-01-20T10:00:00", None),
        (1124, 3_000, "2023-02-28T22:10:05", None),
        (1124, -3_000, "2023-03-04T09:00:00", None),
        (1124, -12_999, "2023-10-09T09:00:00", None),
        (1125, 10, "2024-02-29T23:59:59", None),
        (1125, 20, "2024-02-29T23:59:59", None),
    )
    return [
        Row(user, cents, None if time is None else np.datetime64(time, "s"), np.datetime64(place or time, "s"))
        for user, cents, time, place in written
    ]


@makes("labels.csv")
def labels(rng: np.random.Generator) -> str:
    """Days on which a model would have been asked about a user: some twice, some for users who never bought."""
    users = rng.integers(1001, 1131, 240)
    days = rng.integers(0, 640, 240) + np.datetime64("2023-04-01", "D").astype(int)
    rows = [(int(user), str(np.datetime64(int(day), "D"))) for user, day in zip(users, days)]
    rows += [(int(user), day) for user in users[:8] for day in ("2024-01-01", "2024-05-31")]
    rows += rows[:12]
    return csv_text(("user_id", "as_of"), sorted(rows))


# Users and what is true of them: coding/01

N_USERS = 2_000
SOURCES = {"crm": 22, "app": 22, "web": 20, "store": 10, "partner": 10, "legacy": 8, "paper": 8}
LANDS = {"GB": 34, "US": 18, "DE": 12, "FR": 9, "IN": 8, "ZA": 7, "NA": 7, "AU": 5}
PLANS = ("basic", "plus", "pro")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
OFFSETS = (None, None, 0, 60, 120, 330, 780, -180, -300, -480)  # minutes from UTC; None is written Z
WITH_COMMAS = ("web", "store", "partner", "paper")
NO_VALUE = ("", "", "", "n/a", "unknown", "?")
# What a source writes for an account that is still open: a date that never comes, or nothing.
STILL_OPEN = {"crm": "9999-12-31", "web": "31/12/9999", "store": "12/31/9999", "legacy": "99991231"}
# Texts that state no date: the day does not exist, or the year has two digits.
NOT_A_DATE = {
    "crm": ("2022-02-30", "2023-02-29", "2021-13-01", "21-03-05"),
    "app": ("2023-02-29T10:15:00Z", "2022-06-31T08:00:00+02:00", "2021-03-05T25:10:00Z"),
    "web": ("31/04/2022", "29/02/2023", "31-06-2021", "05/03/21", "7.11.22"),
    "store": ("02/30/2022", "06/31/2021", "02-29-2023", "3/5/21"),
    "partner": ("02/30/2021", "13/13/2022", "31/11/2023", "3/5/21"),
    "legacy": ("20230230", "20211301", "00000000", "2021/02/29"),
    "paper": ("30 February 2022", "Feb 29, 2023", "5 March 21", "31 June 2021"),
}


@dataclass(frozen=True)
class User:
    """What is true of a user; `written` are the fields of `users.csv`, in the order of USER_COLUMNS."""

    user_id: str
    source: str
    days: tuple[np.datetime64 | None, ...]
    labels: tuple[str, str]
    numbers: tuple[str, ...]
    written: tuple[str, ...]

    def fields(self) -> tuple[object, ...]:
        return self.user_id, self.source, *self.days, *self.labels, *self.numbers


USER_COLUMNS = (
    "user_id", "source", "signup_date", "last_login_date", "closed_date",
    "country", "plan", "age", "visits", "balance", "income",
)  # fmt: skip


@makes("users.csv")
def users_as_recorded(rng: np.random.Generator) -> str:
    """A table of users as seven sources wrote it, with the faults that such tables have."""
    rows = [",".join(quoted(field) for field in user.written) for user in all_users()]
    return "\n".join([",".join(USER_COLUMNS), *rows]) + "\n"


@makes("users_truth.csv")
def users_as_they_are(rng: np.random.Generator) -> str:
    """The same users: every value that exists, and every date that `users.csv` states."""
    return csv_text(USER_COLUMNS, (user.fields() for user in all_users()))


def all_users() -> list[User]:
    """The users of both files, from random numbers of their own."""
    rng, number, users = generator("users"), 123, []
    for _ in range(N_USERS):
        users.append(new_user(rng, f"{number:05d}"))
        number += 1 + int(rng.integers(12))
    return users


def quoted(field: str) -> str:
    """A CSV field, in quotes where it holds a comma."""
    return f'"{field}"' if "," in field else field


def new_user(rng: np.random.Generator, user_id: str) -> User:
    """One user: what is true, then what the source wrote."""
    source = list(SOURCES)[pick(rng, tuple(SOURCES.values()))]
    days = user_days(rng, source)
    income = round(float(np.exp(10.35 + 0.55 * bell(rng))))
    country = list(LANDS)[pick(rng, tuple(LANDS.values()))]
    plan = PLANS[pick(rng, (70, 25, 5) if income < 25_000 else (50, 35, 15) if income < 45_000 else (20, 35, 45))]
    age = 18 + int(rng.integers(0, 23, 3).sum())
    visits = 999 if rng.random() < 0.004 else min(1_500, round(float(np.exp(3.2 + 1.1 * bell(rng)))))
    cents = -100 if rng.random() < 0.01 else round(100 * (float(np.exp(5.0 + 1.3 * bell(rng))) - 60))
    stated, dates = zip(*(written_date(rng, source, day, last=place == 2) for place, day in enumerate(days)))
    written = (
        user_id,
        source,
        *dates,
        or_gap(rng, 15 if source == "partner" else 3, NO_VALUE, country + " " * (rng.random() < 0.03)),
        or_gap(rng, 3, NO_VALUE, (plan, plan.upper(), f" {plan.title()}")[pick(rng, (90, 5, 5))]),
        or_gap(rng, 7, ("", "", "unknown", "999", "999", "-1"), str(age)),
        or_gap(rng, 5, ("", "-1", "-1"), amount(source, str(visits))),
        or_gap(rng, 2, NO_VALUE, amount(source, str(money(cents)))),
        or_gap(rng, min(60, max(4, (income - 15_000) // 1_000)), NO_VALUE, amount(source, str(income))),
    )
    numbers = (str(age), str(visits), str(money(cents)), str(income))
    return User(user_id, source, stated, (country, plan), numbers, written)


def user_days(rng: np.random.Generator, source: str) -> tuple[np.datetime64 | None, ...]:
    """The days of sign-up, last log-in and closing; None for what has not happened."""
    signup = np.datetime64("2019-01-01") + int(rng.integers(1_826))
    login = signup + 40 + int(rng.integers(300)) if rng.random() < 0.92 else None
    closed = (login or signup) + 40 + int(rng.integers(200)) if rng.random() < 0.25 else None
    return tuple(billing_day(day) if source == "partner" else day for day in (signup, login, closed))


def billing_day(day: np.datetime64 | None) -> np.datetime64 | None:
    """The partner books everything on the first twelve days of a month."""
    if day is None:
        return None
    first = day.astype("datetime64[M]").astype("datetime64[D]")
    return first + int((day - first).astype(int)) % 12


def written_date(
    rng: np.random.Generator, source: str, day: np.datetime64 | None, *, last: bool
) -> tuple[np.datetime64 | None, str]:
    """The day that the text states, if it states one, and the text. `last` is the day of closing."""
    if day is None:
        return None, STILL_OPEN.get(source, "") if last else ""
    fault = pick(rng, (935, 40, 25))
    if fault == 1:
        return None, NO_VALUE[int(rng.integers(len(NO_VALUE)))]
    if fault == 2:
        return None, NOT_A_DATE[source][int(rng.integers(len(NOT_A_DATE[source])))]
    return day, date_text(rng, source, day)


def date_text(rng: np.random.Generator, source: str, day: np.datetime64) -> str:
    """The day as the source writes it."""
    year, month, number = str(day).split("-")
    if source == "app":
        return instant_text(rng, day)
    if rng.random() < 0.3 and source in ("web", "store", "partner", "paper"):
        month, number = str(int(month)), str(int(number))
    name = MONTHS[int(month) - 1]
    mark = "/-."[pick(rng, (6, 2, 2))]
    forms = {
        "crm": (str(day), str(day), f"{day} "),
        "web": (mark.join((number, month, year)),),
        "store": (mark.join((month, number, year)),),
        "partner": (f"{month}/{number}/{year}",),
        "legacy": (str(day).replace("-", ""), str(day).replace("-", ""), str(day).replace("-", "/")),
        "paper": (
            f"{number} {name} {year}", f"{name[:3]} {number}, {year}", f"{name} {number}, {year}",
            f"{number} {name[:3].upper()} {year}", f" {number} {name.lower()} {year}",
        ),
    }[source]  # fmt: skip
    return forms[int(rng.integers(len(forms)))]


def instant_text(rng: np.random.Generator, day: np.datetime64) -> str:
    """A time of the day in UTC, written in the time of the user's zone, with its offset."""
    offset = OFFSETS[int(rng.integers(len(OFFSETS)))]
    moment = day.astype("datetime64[s]") + int(rng.integers(86_400)) * SECOND + (offset or 0) * 60 * SECOND
    text = str(moment) if rng.random() < 0.8 else str(moment).replace("T", " ")
    text += f".{int(rng.integers(1_000)):03d}" if rng.random() < 0.2 else ""
    if offset is None:
        return f"{text}Z"
    return f"{text}{'-' if offset < 0 else '+'}{abs(offset) // 60:02d}:{abs(offset) % 60:02d}"


def or_gap(rng: np.random.Generator, percent: int, marks: Sequence[str], text: str) -> str:
    """The text, or in `percent` of 100 cases one of the marks of a missing value."""
    mark = marks[int(rng.integers(len(marks)))]
    return mark if int(rng.integers(100)) < percent else text


def amount(source: str, digits: str) -> str:
    """A number as the source writes it: some put commas between the thousands."""
    whole, point, part = digits.partition(".")
    sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(whole):,}{point}{part}" if source in WITH_COMMAS else digits


# A stream of sensor readings: coding/15

STREAM_START, STREAM_DAYS, READ_EVERY = np.datetime64("2024-03-04T00:00:00", "s"), 9, 600
# Name, level in °C, half the height of its daily cycle, and how much of a deviation is left after ten minutes.
SENSORS = (
    ("cellar", 12.5, 0.4, 0.95),
    ("hall", 19.0, 2.5, 0.85),
    ("office", 21.0, 1.8, 0.85),
    ("roof", 8.0, 6.5, 0.9),
    ("store", 4.0, 0.6, 0.8),
)
# From its fifth day on the controller of this one hunts: what is too warm now is too cold at the next reading.
FAULTY, FAULT_DAY, AFTER_FAULT = "store", 4, -0.85


@dataclass(frozen=True)
class Reading:
    """A sensor's reading: `time` it was taken, `arrival` in the stream, and the line that arrived."""

    time: np.datetime64
    arrival: np.datetime64
    line: str


@makes("sensor_stream.jsonl")
def sensor_stream(rng: np.random.Generator) -> str:
    """Nine days of temperatures from five sensors, in order of arrival, with the faults that such streams have."""
    readings = [reading for sensor in SENSORS for reading in sensor_readings(rng, *sensor)]
    readings.sort(key=lambda reading: (reading.arrival, reading.line))
    return "\n".join(reading.line for reading in readings) + "\n"


def sensor_readings(rng: np.random.Generator, name: str, level: float, swing: float, kept: float) -> list[Reading]:
    """One sensor's readings: a daily cycle, and a deviation that fades or, after the fault, changes sign."""
    readings, deviation = [], 0.0
    for step in range(STREAM_DAYS * 86_400 // READ_EVERY):
        seconds = step * READ_EVERY + int(rng.integers(20))
        faulty = name == FAULTY and seconds >= FAULT_DAY * 86_400
        deviation = (AFTER_FAULT if faulty else kept) * deviation + 0.25 * bell(rng)
        day = float(np.sin(2 * np.pi * (seconds / 86_400 - 0.375)))
        time = STREAM_START + seconds * SECOND
        # A gateway that loses its connection sends what it kept later: one reading in fifty.
        late = int(rng.integers(900, 7_200)) if rng.random() < 0.02 else int(rng.integers(1, 15))
        line = stream_line(rng, name, f"{time}Z", f"{level + swing * day + deviation:.2f}")
        readings.append(Reading(time, time + late * SECOND, line))
    return readings


def stream_line(rng: np.random.Generator, name: str, time: str, value: str) -> str:
    """The reading as JSON, or in eight of a thousand cases something that is not one."""
    fault = pick(rng, (992, 2, 2, 1, 1, 1, 1))
    head = f'{{"key": "{name}", "timestamp": "{time}"'
    line = f'{head}, "value": {value}}}'
    return (
        line,
        line[: int(rng.integers(5, len(line) - 1))],
        f'{head}, "value": null}}',
        f'{head}, "value": NaN}}',
        f'{head}, "value": "n/a"}}',
        f"{head}}}",
        f'{{"key": "{name}", "timestamp": "", "value": {value}}}',
    )[fault]


def main(names: Sequence[str]) -> int:
    """Write the files named, or all."""
    unknown = sorted(set(names) - set(MAKERS))
    if unknown:
        print(f"nothing makes {', '.join(unknown)}; there are: {', '.join(MAKERS)}", file=sys.stderr)
        return 1
    for name in names or MAKERS:
        data = contents(name)
        (FOLDER / name).write_bytes(data)
        lines = data.count(b"\n")
        print(f"{name}: {lines:,} lines, {len(data) / 1e3:,.1f} kB")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help="a file, for example transactions.csv")
    sys.exit(main(parser.parse_args().names))
