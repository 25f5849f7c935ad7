"""SQL feature extraction against pandas.

`make bench` runs `cases` at 2,000,000 rows. The page's memory figures come from

    python -m benchmarks.coding_03

which aggregates 20,000,000 rows with DuckDB under `SET memory_limit = '500MB'` and with pandas, each time in a process
of its own, and reports the quickest of three runs: DuckDB takes all cores, so that its time suffers from other work.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks import Case

SYNTHETIC = """
CREATE TABLE transactions AS
SELECT
  CAST(hash(i) % {n_users} AS INTEGER) AS user_id,
  CAST((CAST(hash(i + 1000000007) % 10000 AS INTEGER) - 500) / 100 AS DECIMAL(12, 2)) AS amount,
  TIMESTAMP '2023-01-01' + to_microseconds(CAST(hash(i * 7 + 3) % 63158400000000 AS BIGINT)) AS date
FROM range({n_rows}) AS numbers(i)
"""


def cases(answer) -> list[Case]:
    """The answer on DuckDB against `groupby` on the same 2,000,000 rows of 50,000 users, 24 months."""
    connection = duckdb.connect()
    connection.execute(SYNTHETIC.format(n_rows=2_000_000, n_users=50_000))
    frame = connection.execute("FROM transactions").df()
    return [
        Case(
            name="monthly spending, 2,000,000 rows",
            oracle="pandas groupby",
            ours=lambda: answer.monthly_spending(connection),
            theirs=lambda: by_pandas(frame),
            agree=equal,
            # 0.6 measured on two idle cores, 1.3 on two that four other processes share.
            at_most=2.0,
        )
    ]


def by_pandas(frame: pd.DataFrame) -> pd.DataFrame:
    """The quickest plain `groupby` that we found: the month as NumPy's, money as float64."""
    month = frame["date"].to_numpy().astype("datetime64[M]").astype("datetime64[us]")
    totals = frame["amount"].groupby([frame["user_id"], pd.Series(month, name="month")]).sum()
    return totals.rename("total_spending").reset_index()


def equal(ours: pd.DataFrame, theirs: pd.DataFrame) -> bool:
    """The same users and months in the same order, and totals equal to the cent."""
    return (
        np.array_equal(ours["user_id"], theirs["user_id"])
        and np.array_equal(ours["month"], theirs["month"])
        and np.allclose(ours["total_spending"], theirs["total_spending"], rtol=0, atol=0.001)
    )


def measure(engine: str, database: str) -> dict[str, float]:
    """Aggregate the database's rows with one engine, and say what it took. Runs in a process of its own."""
    from warmup.pages import load

    answer = load("coding/03")
    idle = peak_mb()
    started = loaded = time.perf_counter()
    with duckdb.connect(database, read_only=True) as connection:
        if engine == "duckdb":
            connection.execute("SET memory_limit = '500MB'")
            totals = answer.monthly_spending(connection)
        else:
            frame = connection.execute("FROM transactions").df()
            loaded = time.perf_counter()
            totals = by_pandas(frame)
    ended = time.perf_counter()
    return {
        "seconds": ended - started,
        "reading": loaded - started,
        "idle_mb": idle,
        "peak_mb": peak_mb(),
        "rows": len(totals),
        "cents": int((totals["total_spending"] * 100).round().astype("int64").sum()),
    }


def peak_mb() -> float:
    """The most memory that this process has held so far."""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main(n_rows: int) -> None:
    """Write a database of `n_rows` rows, then measure each engine on it."""
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "transactions.duckdb"
        with duckdb.connect(database) as connection:
            connection.execute(SYNTHETIC.format(n_rows=n_rows, n_users=max(1, n_rows // 200)))
        print(f"{n_rows:,} rows, {database.stat().st_size / 1e6:,.0f} MB on disk", flush=True)
        best = [quickest(engine, str(database)) for engine in ("duckdb", "pandas")]
    for name, run in zip(("DuckDB, memory_limit 500MB", "pandas"), best):
        reading = f" ({run['reading']:.1f} s to read the rows)" if run["reading"] else ""
        print(f"{name}: {run['seconds']:.1f} s{reading}, {run['peak_mb'] - run['idle_mb']:,.0f} MB")
    if any(best[0][key] != best[1][key] for key in ("rows", "cents")):
        raise SystemExit("the results differ")
    print(f"the same {best[0]['rows']:,} rows and the same total from both")


def quickest(engine: str, database: str, runs: int = 3) -> dict[str, float]:
    """The measurements of the quickest of some runs, each in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.coding_03", "--engine", engine, "--database", database]
    done = [subprocess.run(command, check=True, capture_output=True, text=True) for _ in range(runs)]
    return min((json.loads(run.stdout) for run in done), key=lambda run: run["seconds"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rows", type=int, default=20_000_000)
    parser.add_argument("--engine", help=argparse.SUPPRESS)
    parser.add_argument("--database", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.engine:
        print(json.dumps(measure(options.engine, options.database)))
    else:
        main(options.rows)
