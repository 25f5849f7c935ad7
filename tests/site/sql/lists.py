"""What is asked of DuckDB, besides the plain statements of `probes.sql`."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import uuid
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

# The number of the connection, SQL, parameters.
Statement = tuple[int, str, object]

WIDTHS = {"TINYINT": 8, "SMALLINT": 16, "INTEGER": 32, "BIGINT": 64, "HUGEINT": 128}
VALUES: list[object] = [
    *(1, 0, -1, True, False, None, 1.5, -0.0, 1e300, 0.1, math.nan, math.inf, -math.inf, 2**53 + 1),
    *(2**31 - 1, -(2**31), 2**31, -(2**31) - 1, 2**63 - 1, -(2**63), 2**63, 2**64 - 1, 2**64, 2**127 - 1, 2**128 - 1),
    *("", "é", "it's", "😀", "a\0b", "-- no comment", "$1 ?; x", b"", b"\x00a'\xff", bytearray(b"x")),
    *(Decimal(text) for text in ("1.50", "-12.5", "0.00", "0.001", "0.25", "7", "NaN", "12345678901234567890.12")),
    *(Decimal("9" * 38), Decimal(1) / 3, dt.date(2024, 2, 29), dt.date(1, 1, 1), dt.date(9999, 12, 31)),
    *(dt.datetime(2024, 1, 1, 2, 3, 4, 5), dt.datetime(1900, 1, 1), dt.time(1, 2, 3, 4), dt.timedelta(hours=30)),
    *(dt.time(1, 2, tzinfo=dt.timezone(dt.timedelta(hours=3))), dt.timedelta(days=1, microseconds=3)),
    *(dt.timedelta(seconds=-1), uuid.UUID("60a1179e-1c4f-444d-ae04-245a3d0f0abc")),
    *([1, 2], [], (1, 2), [None], [1, None], [1, "a"], [1, 2.5], [[1], [2, 3]], [dt.date(2024, 1, 1)], ["it's"]),
    *({"a": 1}, {"a b": "it's", "c": [1]}, {}, {1: 2}, {"key": [1], "value": ["a"]}, {"key": [1], "value": [2, 3]}),
    *([{"a": 1}], {1, 2}, 1 + 2j, 2**128, -(2**127) - 1),
]
INSERT = "INSERT INTO p VALUES (?, ?, ?, ?, ?)"
PARAMETERS: list[tuple[str, object]] = [
    *[("SELECT $1 AS a, typeof($1) AS t", [value]) for value in VALUES],
    ("SELECT ?, ?, ?", [1, "x", None]),
    ("SELECT $b, $a, $b", {"a": 1, "b": "x"}),
    ("SELECT ?", (1,)),
    ("SELECT 1", []),
    ("SELECT 1", {}),
    ("SELECT 1; SELECT ?", [2]),
    ("CREATE TABLE p (a INTEGER, b VARCHAR, c DECIMAL(8, 2), d DATE, e TIMESTAMP)", None),
    (INSERT, [1, "x", Decimal("2.50"), dt.date(2024, 1, 1), dt.datetime(2024, 1, 1, 1, 2, 3)]),
    (INSERT, ["2", 5, 1.125, "2024-01-02", "2024-01-02 03:04:05.000006"]),
    ("INSERT INTO p SELECT a + $n, b, c, d, e FROM p RETURNING a", {"n": 10}),
    ("UPDATE p SET b = ? WHERE a = ?", ["y", 1]),
    ("DELETE FROM p WHERE a > ?", [10]),
    ("FROM p WHERE d >= ? AND a IN (?, ?) ORDER BY a", [dt.date(2024, 1, 1), 1, 2]),
    ("SELECT a FROM p WHERE list_contains(?, a) ORDER BY a LIMIT ?", [[1, 2, 3], 1]),
    *[("BEGIN", None), ("CREATE TABLE k (a INTEGER PRIMARY KEY)", None), ("INSERT INTO k VALUES (?), (?)", [1, 1])],
    *[("SELECT ?", [1]), ("ROLLBACK", None), ("SELECT ?", [1]), ("CREATE TABLE e (a INTEGER)", []), ("FROM e", {})],
    *[(sql, None) for sql in ("SELECT ?", "SELECT $a, $b")],
    *[(sql, {"a": 1}) for sql in ("SELECT $a, $b", "SELECT ?", "SELECT $b")],
    *[(sql, [1]) for sql in ("SELECT $a", "SELECT 1", "SELECT ? FROM nowhere", "SELECT ?, ?")],
    *[("SELECT ?::INTEGER", given) for given in (["x"], "x", 5, [1, 2])],
]
FRAMES = [
    *[f"SELECT 5::{kind} AS a, NULL::{kind} AS b" for width in WIDTHS for kind in (width, f"U{width}")][:-1],
    "SELECT TRUE AS a, 1.5::DECIMAL(4, 1) AS b, 1.5::FLOAT AS c, 2::DOUBLE AS d, 'x' AS e, 1 AS f, 2 AS f",
    "SELECT NULL::BOOLEAN AS a, NULL::DECIMAL(4, 1) AS b, NULL::FLOAT AS c, NULL::DOUBLE AS d, NULL::TIMESTAMP AS e",
    "SELECT DATE '1900-01-01' AS a, DATE '5000-01-01' AS b, TIMESTAMP '2024-01-01 00:00:00.123456' AS c",
    "SELECT TIMESTAMP_S '2024-01-01' AS a, TIMESTAMP_MS '2024-01-01' AS b, TIMESTAMP_NS '2024-01-01 00:00:00.5' AS c",
    "SELECT TIME '01:02:03' AS a, INTERVAL '1 month 3 microseconds' AS b, NULL::INTERVAL AS c, NULL::TIME AS d",
    "SELECT UUID '123e4567-e89b-12d3-a456-426614174000' AS a, 'b'::ENUM ('a', 'b') AS b, NULL AS c",
    "SELECT a, b FROM (VALUES ('x', 1), (NULL, NULL), ('ü', 3)) AS t(a, b)",
    "SELECT 1 AS a, 'x' AS b, DATE '2024-01-01' AS c, TRUE AS d, 1.5 AS e, INTERVAL 1 DAY AS f WHERE FALSE",
    "SELECT i, i / 7 AS x, i::VARCHAR AS t FROM range(3000) AS r(i)",
]
# SQL that the page refuses, with what the error says.
REFUSED = {
    "SELECT json_extract('{}', '$.a')": "json extension",
    "SELECT '{}'::JSON": "json extension",
    "FROM read_parquet('x.parquet')": "parquet extension",
    "FROM read_parquet('https://example.com/x.parquet')": "parquet extension",
    "FROM read_json('x.json')": "json extension",
    "LOAD httpfs": "DuckDB without extensions",
    "FROM read_csv('../../data/labels.csv')": "reaches no files and no addresses",
    "FROM 'https://example.com/x.csv'": "reaches no files and no addresses",
    "COPY (SELECT 1) TO 'x.csv'": "reaches no files and no addresses",
    "ATTACH 'x.db'": "reaches no files and no addresses",
    "SELECT TIMESTAMPTZ '2024-01-01'": "the page has no time zones",
    "SELECT now()": "the page has no time zones",
    "SELECT current_date": "icu extension",
    "SELECT date_trunc('month', TIMESTAMPTZ '2024-01-01')": "extension 'icu'",
    "SET TimeZone = 'UTC'": "icu extension",
    "SET enable_external_access = true": "Cannot enable external access",
    "SELECT 1::BIGNUM": "cannot read a BIGNUM",
    "SELECT VARIANT '1'": "VARIANT",
    "FROM a_variable": "cannot read Python's variables",
}


def sets() -> dict[str, list[Statement]]:
    """Statements that belong together, by name."""
    text = Path(__file__).with_name("probes.sql").read_text(encoding="utf-8")
    found = dict(part.split("\n", 1) for part in text.split("-- set: ")[1:])
    plain = {name: part.splitlines() for name, part in found.items()}
    plain |= {"whole numbers": list(extremes()), "decimals": list(decimals())}
    numbered = {name: [(1, sql, None) for sql in statements if sql] for name, statements in plain.items()}
    return {**numbered, "parameters": [(1, *statement) for statement in PARAMETERS]}


def extremes() -> Iterator[str]:
    """The least, the greatest and no value of each type of whole numbers."""
    for kind, bits in WIDTHS.items():
        least, greatest = -(2 ** (bits - 1)), 2 ** (bits - 1) - 1
        yield f"SELECT '{least}'::{kind}, '{greatest}'::{kind}, '0'::U{kind}, '{2**bits - 1}'::U{kind}, NULL::U{kind}"
        yield f"SELECT 5::{kind} AS a UNION ALL SELECT NULL UNION ALL SELECT -5"


def decimals() -> Iterator[str]:
    sizes = ((4, 0), (4, 1), (4, 4), (9, 2), (18, 3), (18, 18), (38, 0), (38, 2), (38, 10), (38, 38))
    for (width, scale), value in itertools.product(sizes, ("0", "0.1", "-0.12345", "0.00000000001")):
        yield f"SELECT '{value}'::DECIMAL({width}, {scale}) AS a, [a], NULL::DECIMAL({width}, {scale})"
