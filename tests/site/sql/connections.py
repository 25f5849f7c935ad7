"""What connections, relations and errors do, printed: the same natively and in the page."""

import duckdb


def say(*tasks):
    """What each task gives, or the error that it raises."""
    for task in tasks:
        try:
            print(task())
        except duckdb.Error as error:
            print(type(error).__name__, str(error).splitlines()[0])


one, two = duckdb.connect(), duckdb.connect(":memory:")
one.execute("CREATE TABLE t AS SELECT 1 AS a")
for connection in (one, two, duckdb.connect()):
    print(connection.execute("SHOW TABLES").fetchall())
    print(connection.execute("SELECT table_name FROM information_schema.tables").fetchall())
with duckdb.connect() as inside:
    print(inside.begin().execute("CREATE TABLE u AS SELECT 2 AS b") is inside)
one.execute("CREATE TABLE u AS SELECT 3 AS c")
say(lambda: two.execute("DESCRIBE t"), lambda: two.execute("SELECT b FROM main.u"))
two.close()
two.close()
say(lambda: two.execute("SELECT 1"), lambda: inside.execute("SELECT 1"), inside.fetchall, lambda: inside.description)

one.begin()
one.execute("INSERT INTO t VALUES (2)")
print(one.execute("FROM t").fetchall(), one.rollback().execute("FROM t").fetchall())
one.begin().execute("INSERT INTO t VALUES (2)").commit()
print(one.execute("FROM t").fetchone(), one.fetchone(), one.fetchone(), one.fetchall(), one.fetchmany(2))
print(one.execute("FROM range(5)").fetchmany(2), one.fetchmany(), one.fetchall(), len(one.description), one.rowcount)
print(one.execute(""), one.execute("-- nothing"))
say(one.fetchall, duckdb.connect().fetchone, duckdb.connect().df, lambda: duckdb.connect().description)
print(one.executemany("INSERT INTO t VALUES (?)", [[5], [6]]) is one, one.fetchall())

found = one.sql("FROM t ORDER BY a")
print(found.columns, [str(kind) for kind in found.types], found.fetchone(), found.fetchall(), found.fetchall())
print(found.fetchmany(2), found.fetchall(), one.sql("DELETE FROM t WHERE a > 1"), found.fetchall(), found.fetchall())
print(one.sql("INSERT INTO t VALUES (9) RETURNING a").fetchall(), one.sql("FROM t").fetchall())
print(one.query("SELECT 1; SELECT 2").fetchall(), one.sql("SELECT ? + 1", params=[4]).fetchall())
print(duckdb.sql("SELECT 3 AS a").fetchall(), duckdb.execute("SELECT ?", ["x"]).fetchall())
print(duckdb.query("VALUES (1)").fetchall(), duckdb.sql("CREATE TABLE mine (a INTEGER)"))

for name, kind in sorted(vars(duckdb).items()):
    if isinstance(kind, type) and issubclass(kind, Exception):
        print(name, [base.__name__ for base in kind.__mro__])
