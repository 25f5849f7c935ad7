-- Statements that give natively and in the page the same, one a line; `test_duckdb.py` runs each set on a connection of its own.

-- set: scalars
SELECT 99999999999999999999999999999999999.99::DECIMAL(38, 2) AS a, -a, a::DECIMAL(38, 1)
SELECT 1.5::DECIMAL(38, 10) * 3, 1.5 + 2, 1.25 / 3, 0.1 + 0.2, 0.1::DOUBLE + 0.2, round(2.345, 2), round(12345, -2)
SELECT 1.1::FLOAT, 1.1::DOUBLE, 'nan'::DOUBLE, 'inf'::DOUBLE, '-inf'::FLOAT, -0.0::DOUBLE, 1e308, 5e-324, 5::DOUBLE, NULL::DOUBLE
SELECT 9007199254740993::BIGINT, 9007199254740993::DOUBLE, 2 ** 53 + 1, 170141183460469231731687303715884105727
SELECT TRUE, FALSE, NULL::BOOLEAN, NOT NULL, 1 = 1.0, [TRUE, NULL]
SELECT '', 'ümläut', '😀 and 漢字', 'a''b', 'tab' || chr(9) || 'newline' || chr(10), chr(0) || 'x', NULL::VARCHAR, upper('ß'), length('😀'), reverse('año')
SELECT repeat('long ', 1000), 'twelve bytes', 'thirteen byte'
SELECT DATE '1970-01-01', DATE '1969-12-31', DATE '1900-02-28' + 1, DATE '0001-01-01', DATE '9999-12-31', NULL::DATE, [DATE '2024-02-29', NULL]
SELECT DATE '10000-01-01', DATE '0001-01-01' - 1, DATE '0044-03-15 (BC)', DATE 'infinity', DATE '-infinity', DATE '5877642-06-25 (BC)', DATE '5881580-07-10'
SELECT TIMESTAMP '2024-01-02 03:04:05', TIMESTAMP '1969-12-31 23:59:59.999999', TIMESTAMP '0001-01-01', TIMESTAMP '9999-12-31 23:59:59.999999', NULL::TIMESTAMP
SELECT TIMESTAMP '9999-06-30 12:00:00.000001', TIMESTAMP '10000-01-01 00:00:00.5', TIMESTAMP '0044-03-15 (BC) 01:02:03', TIMESTAMP 'infinity', TIMESTAMP '-infinity'
SELECT TIMESTAMP_S '1969-12-31 23:59:59', TIMESTAMP_MS '1969-12-31 23:59:59.999', TIMESTAMP_NS '1969-12-31 23:59:59.999999999', TIMESTAMP_NS '2024-01-01 00:00:00.123456789'
SELECT TIMESTAMP_S 'infinity', TIMESTAMP_MS '-infinity', TIMESTAMP_NS 'infinity'
SELECT TIME '01:02:03', TIME '00:00:00', TIME '23:59:59.999999', TIME '24:00:00', NULL::TIME, TIMETZ '01:02:03+02', TIMETZ '00:00:00-15:59', TIMETZ '24:00:00+00', TIME_NS '01:02:03.000001999'
SELECT INTERVAL 3 DAY, INTERVAL '1 month 2 days 3 microseconds', INTERVAL '-1 month', INTERVAL '-1.5 seconds', INTERVAL 1000 YEAR, INTERVAL '100000 hours', NULL::INTERVAL
SELECT TIMESTAMP '2024-03-31' - TIMESTAMP '2024-02-29 12:00', DATE '2024-03-01' - DATE '2024-02-01', age(TIMESTAMP '2024-03-31', TIMESTAMP '2024-02-29'), DATE '2024-01-31' + INTERVAL 1 MONTH
SELECT 'x'::BLOB, ''::BLOB, '\xAA\x00\xFF'::BLOB, NULL::BLOB, encode('ü'), '101'::BIT, '0'::BIT, '10101010101'::BIT
SELECT UUID '123e4567-e89b-12d3-a456-426614174000', UUID 'ffffffff-ffff-ffff-ffff-ffffffffffff', NULL::UUID
SELECT 'b'::ENUM ('a', 'b') AS a UNION ALL SELECT NULL UNION ALL SELECT 'a' ORDER BY a
SELECT NULL, NULL AS b, typeof(NULL)
SELECT md5('x'), hash(1), 7 % 3, -7 % 3, 7 // 2, -7 // 2, 1 / 2, 1 / 0, 1 % 0, 'a' || NULL, 2 ^ 10, @(-3), 5 & 3, 1 << 4
SELECT date_trunc('month', DATE '2024-02-03') AS a, typeof(a), date_trunc('month', TIMESTAMP '2024-02-03 04:05') AS b, typeof(b), date_part('week', DATE '2024-01-01')
SELECT strftime(DATE '2024-01-02', '%d.%m.%Y %A'), strptime('02.01.2024', '%d.%m.%Y'), DATE '2024-01-02'::VARCHAR, last_day(DATE '2024-02-01'), dayname(DATE '2024-01-01')
SELECT regexp_replace('a1b22', '[0-9]+', '#', 'g'), string_split('a,b', ','), list_transform([1, 2], lambda x: x + 1), [x * 2 FOR x IN [1, 2, 3] IF x > 1], levenshtein('ab', 'ac')
SELECT CAST(2 AS UTINYINT), 2::DOUBLE, '2024-01-01'::DATE, 1::DECIMAL(4, 1), count(*), sum(2), [1], 1 + 1, 'x' LIKE 'x'

-- set: nested
CREATE TABLE orders (id INTEGER, customer TEXT, amount DOUBLE, day DATE)
INSERT INTO orders VALUES (1, 'ann', 10, '2024-01-01'), (2, 'bob', 5, '2024-01-02'), (3, 'ann', 7.5, '2024-01-03'), (4, 'cy', 1, '2024-02-01'), (5, NULL, NULL, NULL)
SELECT [1, 2, NULL], []::INTEGER[], NULL::INTEGER[], [[1], [], NULL], [NULL], ['ü', ''], [DATE '2024-01-01'], [1.5, 2.25], [1::HUGEINT]
SELECT {'a': 1, 'b': 'x'}, {'a': NULL}, NULL::STRUCT(a INTEGER), {'a': {'b': [1, NULL]}}, {'time': TIME '01:02:03', 'id': UUID '123e4567-e89b-12d3-a456-426614174000'}, row(1, 'x')
SELECT MAP {'a': 1, 'b': NULL}, MAP {}, NULL::MAP(VARCHAR, INTEGER), MAP {1: [1, 2]}, MAP {DATE '2024-01-01': {'x': 1.5}}, MAP {[1, 2]: 3}, MAP {{'a': 1}: 2}, MAP {1.5: 'x'}
SELECT array_value(1, 2) AS a, [array_value(1, NULL)], NULL::INTEGER[2], array_value('a', 'b', 'c')
SELECT a, b FROM (VALUES ([1, 2], {'k': 'v'}), (NULL, NULL), ([], {'k': NULL})) AS t(a, b)
SELECT a, b FROM (VALUES (MAP {'x': 1}, array_value(1, 2)), (NULL, NULL), (MAP {}, array_value(3, NULL))) AS t(a, b)
SELECT union_value(k := 1) AS a, union_value(k := 'x') AS b
SELECT u FROM (SELECT 1::UNION(n INTEGER, t VARCHAR) AS u UNION ALL SELECT 'two'::UNION(n INTEGER, t VARCHAR) UNION ALL SELECT NULL)
SELECT unnest([1, 2, NULL]) AS a, unnest(['x', 'y', 'z']) AS b
SELECT list(id ORDER BY id DESC), histogram(customer), list(DISTINCT customer ORDER BY customer) FROM orders

-- set: shapes
CREATE TABLE orders (id INTEGER, customer TEXT, amount DOUBLE, day DATE)
INSERT INTO orders VALUES (1, 'ann', 10, '2024-01-01'), (2, 'bob', 5, '2024-01-02'), (3, 'ann', 7.5, '2024-01-03'), (4, 'cy', 1, '2024-02-01'), (5, NULL, NULL, NULL)
SELECT id, day FROM orders WHERE FALSE
SELECT sum(amount), count(*), avg(id), max(day), min(amount), median(amount), stddev(amount), mode(customer) FROM orders
SELECT sum(id), sum(amount::DECIMAL(10, 2)), sum(id::HUGEINT), count(*) FILTER (amount > 5), string_agg(customer, '+' ORDER BY id) FROM orders WHERE FALSE
SELECT date_trunc('month', day) AS month, count(*) AS n FROM orders GROUP BY 1 ORDER BY 1 NULLS FIRST
SELECT customer, id, row_number() OVER w, rank() OVER w, lag(amount) OVER w, sum(amount) OVER w, ntile(2) OVER w FROM orders WINDOW w AS (PARTITION BY customer ORDER BY day) ORDER BY id
SELECT id, avg(amount) OVER (ORDER BY day RANGE BETWEEN INTERVAL 2 DAY PRECEDING AND CURRENT ROW) AS a, sum(amount) OVER (ORDER BY id ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING) AS b FROM orders ORDER BY id
SELECT id FROM orders QUALIFY rank() OVER (ORDER BY amount DESC NULLS LAST) <= 2 ORDER BY id
PIVOT orders ON customer USING sum(amount) GROUP BY id ORDER BY id
UNPIVOT (SELECT 1 AS a, 2 AS b) ON a, b INTO NAME k VALUE v
WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT sum(n), list(n) FROM t
SELECT l.id, r.id FROM orders AS l LEFT JOIN orders AS r ON r.customer = l.customer AND r.id < l.id ORDER BY 1, 2
SELECT * FROM orders AS l ASOF JOIN (VALUES (DATE '2024-01-02', 'x')) AS r(since, tag) ON l.day >= r.since ORDER BY id
SELECT * EXCLUDE (day) REPLACE (upper(customer) AS customer) FROM orders ORDER BY ALL
SELECT COLUMNS('.*m.*') FROM orders ORDER BY 1, 2
SELECT customer, sum(amount) AS total FROM orders GROUP BY ROLLUP (customer) ORDER BY total, customer
SELECT 1 AS a, 2 AS a, 3
FROM orders SELECT id LIMIT 2 OFFSET 1
FROM range(3)
SELECT CAST(unnest(generate_series(DATE '2023-11-01', DATE '2024-02-01', INTERVAL 1 MONTH)) AS DATE) AS month
SELECT customer, EXISTS (FROM orders AS o WHERE o.customer = c.customer AND o.day >= DATE '2024-01-01' AND o.day < DATE '2024-01-01' + INTERVAL 30 DAY) AS buys FROM (SELECT DISTINCT customer FROM orders) AS c ORDER BY 1
VALUES (1, 'a'), (NULL, NULL)
DESCRIBE orders
DESCRIBE SELECT 1 AS a, 1.5 AS b
SUMMARIZE SELECT id FROM orders
SHOW TABLES
SHOW ALL TABLES
SHOW DATABASES
SELECT current_database(), current_schema(), current_catalog()
SELECT table_catalog, table_schema, table_name FROM information_schema.tables
SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_name = 'orders' ORDER BY ordinal_position
SELECT catalog_name, schema_name FROM information_schema.schemata
SELECT database_name, table_name, estimated_size FROM duckdb_tables()
SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal
SELECT type, name, sql FROM sqlite_master
PRAGMA table_info('orders')
PRAGMA version
EXPLAIN SELECT 1
SELECT i, i * 1.5 AS x, 'row ' || i AS t FROM range(5000) AS r(i)
SELECT CASE WHEN i % 3 = 0 THEN NULL ELSE i END AS a, CASE WHEN i % 2 = 0 THEN NULL ELSE [i] END AS b, CASE WHEN i % 5 = 0 THEN NULL ELSE {'i': i} END AS c FROM range(4100) AS r(i)

-- set: statements
CREATE TABLE t (a INTEGER PRIMARY KEY, b VARCHAR DEFAULT 'none', c DECIMAL(4, 2) CHECK (c > 0))
INSERT INTO t VALUES (1, 'x', 1.5), (2, 'y', NULL)
INSERT INTO t (a) VALUES (3) RETURNING *
INSERT OR IGNORE INTO t VALUES (1, 'z', 1)
INSERT INTO t VALUES (1, 'z', 1) ON CONFLICT DO UPDATE SET b = excluded.b RETURNING a, b
UPDATE t SET b = upper(b) WHERE a > 1
DELETE FROM t WHERE a = 3 RETURNING a
MERGE INTO t USING (VALUES (1, 'm'), (9, 'n')) AS s(a, b) ON t.a = s.a WHEN MATCHED THEN UPDATE SET b = s.b WHEN NOT MATCHED THEN INSERT (a, b) VALUES (s.a, s.b)
FROM t ORDER BY a
BEGIN TRANSACTION
DELETE FROM t
SELECT count(*) FROM t
ROLLBACK
SELECT count(*) FROM t
BEGIN
INSERT INTO t VALUES (20, 'kept', 1)
COMMIT
SELECT max(a) FROM t
BEGIN
INSERT INTO t VALUES (20, 'again', 1)
SELECT 1
ROLLBACK
CREATE VIEW v AS SELECT a FROM t
CREATE TEMP TABLE kept AS FROM v
CREATE MACRO twice(x) AS 2 * x
SELECT twice(a) FROM kept ORDER BY 1
CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 7 AS a; SELECT a FROM s.t
ALTER TABLE t ADD COLUMN d DATE
ALTER TABLE t RENAME COLUMN b TO bb
DESCRIBE t
CREATE SEQUENCE q START 5; SELECT nextval('q'), nextval('q')
SET VARIABLE x = 3
SELECT getvariable('x')
PREPARE p AS SELECT $1 + 1
EXECUTE p(41)
SELECT 1; SELECT 2;
CREATE OR REPLACE TABLE t AS SELECT 1 AS one
DROP TABLE t
DROP TABLE IF EXISTS t
SHOW TABLES

-- set: errors
CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT NOT NULL, c DECIMAL(4, 2) CHECK (c > 0), d INTEGER UNIQUE)
INSERT INTO t VALUES (1, 'x', 1, 1)
SELECT * FROM nowhere
SELECT nothing FROM t
SELECT nofunction(1)
DROP TABLE nowhere
CREATE TABLE t (a INTEGER)
SELECT * FROM s.t
SELECT a FROM t GROUP BY b
SELECT sum(b) FROM t
INSERT INTO t VALUES (1)
SELECT t.x FROM t
SELECT unnest(1)
SELECT a AS b, a FROM t ORDER BY 3
SELEC 1
SELECT
SELECT 'abc
SELECT a b c FROM t
SELECT (1
SELECT * FROM t WHERE
CREATE TABLE
SELECT 1 +
SELECT 'x'::INTEGER
SELECT DATE 'x'
SELECT CAST('2024-13-01' AS DATE)
SELECT 1000::DECIMAL(4, 2)
SELECT 300::TINYINT
SELECT '1 x'::INTERVAL
SELECT TIMESTAMP '2024-01-01 25:00'
SELECT 1 UNION SELECT DATE '2024-01-01'
SELECT strptime('x', '%Y')
SELECT 'x'::UUID
SELECT 'z'::ENUM ('a')
INSERT INTO t VALUES (1, 'y', 1, 2)
INSERT INTO t VALUES (2, NULL, 1, 2)
INSERT INTO t VALUES (2, 'y', -1, 2)
INSERT INTO t VALUES (2, 'y', 1, 1)
INSERT INTO t VALUES (3, 'y', 1, 3), (3, 'z', 1, 4)
SELECT 2147483647 + 1::INTEGER
SELECT ln(0)
SELECT sqrt(-1)
SELECT error('boom')
SELECT factorial(100)
SELECT (SELECT a FROM (VALUES (1), (2)) AS s(a))
EXECUTE nothing
SET nosuch = 1
COMMIT
ROLLBACK
BEGIN
BEGIN
ROLLBACK
BEGIN
INSERT INTO t VALUES (1, 'y', 1, 2)
SELECT 1
COMMIT
SELECT count(*) FROM t
SELECT sum(a) OVER (ORDER BY) FROM t
SELECT MAP {NULL: 1}
SELECT getvariable(1)
SELECT * FROM range('x')
ALTER TABLE t ADD COLUMN a INTEGER
SELECT 1 WHERE count(*) > 0
SELECT a FROM t HAVING b
USE nowhere
SELECT CASE WHEN 1 THEN 'a' END
SELECT 'a' + 1
SELECT TRUE + 1
SELECT [1, 'a']
SELECT interval 1 fortnight
CREATE INDEX i ON nowhere (a)
SELECT count(*) FROM t
