SELECT j -> '$.x', j ->> 'y', json_extract(j, '$.x') FROM t
SELECT e.key, e.value FROM t, json_each(t.j) AS e
SELECT * FROM json_tree('{"a":[1,2]}')
SELECT json_group_array(a), json_group_object(name, a) FROM t
SELECT a FROM t WHERE name GLOB 'a*' COLLATE NOCASE
SELECT a FROM t INDEXED BY t_b WHERE b = 2
SELECT a FROM t NOT INDEXED WHERE b = 2
SELECT a FROM t WHERE a IS b OR a IS NOT b
SELECT a FROM t WHERE a IS NOT DISTINCT FROM b
SELECT a FROM t WHERE name ISNULL OR name NOTNULL
SELECT a FROM t WHERE name NOT NULL AND a == 1
SELECT date('now'), datetime(d), strftime('%Y', d), julianday(d), unixepoch(d) FROM t
SELECT typeof(a), quote(name), hex(name), printf('%d', a), unicode(name) FROM t
SELECT group_concat(name, ','), total(a) FROM t
SELECT group_concat(name, ',' ORDER BY a) FILTER (WHERE a > 1) FROM t
SELECT body, highlight(fts, 0, '<', '>'), bm25(fts) FROM fts WHERE fts MATCH 'abc' ORDER BY rank
SELECT id FROM rt WHERE minx >= 1
WITH x AS MATERIALIZED (SELECT a FROM t) SELECT * FROM x
WITH x AS NOT MATERIALIZED (SELECT a FROM t) SELECT * FROM x
VALUES (1, 'x'), (2, 'y')
SELECT [a], `b`, "c" FROM [t]
SELECT a FROM main.t
SELECT * FROM sqlite_master
SELECT name FROM sqlite_schema WHERE type = 'table'
SELECT seq FROM sqlite_sequence
SELECT rowid, _rowid_, oid FROM t
SELECT a FROM t ORDER BY name NULLS LAST
SELECT iif(a > 1, 'x', 'y'), ifnull(name, 'none'), instr(name, 'b') FROM t
SELECT max(a, b), min(a, b) FROM t
SELECT x'00ff', 0x1F, 1e3, .5 FROM t
SELECT a FROM t WHERE b IN u1
SELECT sum(a) OVER (ORDER BY a GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE TIES) FROM t
SELECT a FROM t FULL OUTER JOIN u ON a = id
SELECT sqrt(a), pow(a, 2), ln(a), pi() FROM t
SELECT random(), hex(randomblob(4)) FROM t
SELECT a FROM t LIMIT 1, 2
EXPLAIN QUERY PLAN SELECT a FROM t WHERE b = 1
SELECT a FROM t WHERE (a, b) IN (VALUES (1, 2), (3, 4))
SELECT CAST(a AS UNSIGNED BIG INT), CAST(name AS VARCHAR(10)) FROM t
SELECT likely(a = 1), unlikely(b), zeroblob(2), char(65, 66) FROM t
