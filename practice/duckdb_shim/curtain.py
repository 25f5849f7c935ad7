"""What keeps a connection from seeing the databases of others.

All connections share one database, so each gets an empty one inside it. Macros hide the rest from a query that looks
for what there is, and call what is left `memory`, as natively.
"""

from __future__ import annotations

import re

LISTS = ["columns", "constraints", "databases", "functions", "indexes", "schemas"]
LISTS += ["sequences", "tables", "types", "views"]
SHARED = "database_name IN ('system', 'temp')"
OWN = f"""SELECT * REPLACE (if({SHARED}, database_name, 'memory') AS database_name)
  FROM system.main.duckdb_{{}}() WHERE {SHARED} OR database_name = system.main.current_database()"""
SEARCHED = "system.main.in_search_path(if(d = 'memory', system.main.current_database(), d), s)"
CURTAIN = "; ".join(
    f"CREATE TEMP MACRO IF NOT EXISTS {macro}"
    for macro in [
        f"in_search_path(d, s) AS {SEARCHED}",
        *(f"{function}() AS 'memory'" for function in ("current_database", "current_catalog")),
        *(f"duckdb_{which}() AS TABLE {OWN.format(which)}" for which in LISTS),
    ]
)
LOOKS = re.compile("current_(catalog|database)|duckdb_|in_search_path|information_schema|pg_|pragma|show|sqlite_", re.I)
