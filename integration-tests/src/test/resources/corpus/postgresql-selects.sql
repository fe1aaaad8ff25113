SELECT a::text, b::numeric(10, 2), '5'::int FROM t
SELECT j -> 'x', j ->> 'y', j #> '{x}', j #>> '{x}' FROM t
SELECT a FROM t WHERE j @> '{"x": 1}' AND '{"x": 1}'::jsonb <@ j
SELECT a FROM t WHERE jsonb_exists(j, 'x')
SELECT e.key, e.value FROM t, jsonb_each(t.j) AS e
SELECT * FROM jsonb_to_recordset('[{"a":1}]') AS x(a int)
SELECT jsonb_path_query(j, '$.x') FROM t
SELECT jsonb_agg(a), jsonb_object_agg(name, a), json_build_object('a', a) FROM t WHERE name IS NOT NULL GROUP BY a
SELECT JSON_OBJECT('a': a RETURNING jsonb), JSON_ARRAY(a, b) FROM t
SELECT array_agg(a ORDER BY b), string_agg(name, ',' ORDER BY name) FROM t
SELECT ARRAY[1, 2, a], ARRAY(SELECT id FROM u) FROM t
SELECT arr[1], arr[1:2], arr[:1], cardinality(arr) FROM t
SELECT a FROM t WHERE a = ANY (ARRAY[1, 2]) OR a = ALL (SELECT id FROM u)
SELECT unnest(arr), generate_series(1, 2) FROM t
SELECT * FROM generate_series(1, 5) WITH ORDINALITY AS g(n, i)
SELECT * FROM ROWS FROM (generate_series(1, 2), unnest(ARRAY['a', 'b'])) AS x(n, s)
SELECT * FROM t, LATERAL (SELECT v FROM u WHERE u.id = t.a) AS l
SELECT * FROM t LEFT JOIN LATERAL generate_series(1, t.a) AS g ON true
SELECT DISTINCT ON (b) a, b FROM t ORDER BY b, a DESC
SELECT a FROM t GROUP BY GROUPING SETS ((a), (b, a), ())
SELECT b, count(*), grouping(b) FROM t GROUP BY ROLLUP (b)
SELECT b, a, count(*) FROM t GROUP BY CUBE (b, a)
SELECT count(*) FILTER (WHERE a > 1) FROM t
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY a), mode() WITHIN GROUP (ORDER BY b) FROM t
SELECT a FROM t ORDER BY a OFFSET 1 ROWS FETCH FIRST 2 ROWS ONLY
SELECT a FROM t ORDER BY b FETCH FIRST 1 ROW WITH TIES
SELECT a FROM t TABLESAMPLE SYSTEM (50) REPEATABLE (1)
SELECT a FROM t TABLESAMPLE BERNOULLI (50)
SELECT a FROM ONLY t
SELECT a FROM t WHERE name ILIKE 'A%' OR name ~ '^a' OR name !~* 'b' OR name SIMILAR TO 'a%'
SELECT a FROM t WHERE a IS DISTINCT FROM b AND b IS NOT DISTINCT FROM a
SELECT a FROM t WHERE (d, d) OVERLAPS (d, d)
SELECT a FROM t WHERE d BETWEEN SYMMETRIC now() AND now() - interval '1 day'
SELECT extract(year FROM d), date_trunc('day', d), d AT TIME ZONE 'UTC', age(d), to_char(d, 'YYYY') FROM t
SELECT now(), clock_timestamp(), random(), gen_random_uuid(), current_date FROM t
SELECT substring(name FROM 1 FOR 2), overlay(name PLACING 'x' FROM 1 FOR 1), position('a' IN name), trim(BOTH 'a' FROM name) FROM t
SELECT E'it\'s', $$ it's $$, $x$ $$ $x$, U&'\0061', B'101', X'1F' FROM t
SELECT 'a' 'b' FROM t WHERE name = 'C:\temp\'
SELECT 'a'
SELECT regexp_replace(name, 'a', 'b', 'g'), split_part(name, 'b', 1), md5(name), encode(sha256(name::bytea), 'hex') FROM t
SELECT to_tsvector('english', name) @@ to_tsquery('english', 'abc') FROM t
SELECT int4range(1, 5) @> 3, int4range(1, 5) && int4range(2, 3), point(1, 2) <-> point(3, 4) FROM t
SELECT ROW(a, b) = ROW(1, 2), ROW(t.*) IS NULL, (t).a FROM t
SELECT CAST(a AS numeric(10, 2)), a::varchar(5)::text FROM t
SELECT a OPERATOR(pg_catalog.+) 1 FROM t
SELECT name COLLATE "C" FROM t ORDER BY name COLLATE "POSIX"
WITH x AS MATERIALIZED (SELECT a FROM t) SELECT * FROM x
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SEARCH DEPTH FIRST BY n SET o SELECT * FROM r
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) CYCLE n SET c USING p SELECT * FROM r
VALUES (1, 'x'), (2, 'y') ORDER BY 1 DESC
TABLE t
TABLE t ORDER BY a LIMIT 1
(SELECT a FROM t) UNION (SELECT id FROM u) ORDER BY 1
(SELECT a FROM t ORDER BY a LIMIT 1) UNION ALL (SELECT id FROM u LIMIT 1)
SELECT a FROM t EXCEPT ALL SELECT id FROM u
SELECT sum(a) OVER (ORDER BY a RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM t
SELECT "a", "T"."B" FROM (SELECT a, b AS "B" FROM t) AS "T"
SELECT pg_typeof(a), pg_column_size(a), pg_size_pretty(pg_relation_size('t')) FROM t
SELECT relname FROM pg_class WHERE relkind = 'r'
SELECT * FROM pg_catalog.pg_attribute WHERE attrelid = 't'::regclass
SELECT table_name FROM information_schema.tables
SELECT obj_description('t'::regclass), pg_get_viewdef('v1'::regclass)
SELECT last_value FROM s
SELECT 1_000, 0xFF, 0o17, 0b101, 1e5 FROM t
EXPLAIN SELECT a FROM t
EXPLAIN (ANALYZE, BUFFERS) SELECT a FROM t
SELECT lower(int4range(1, 2)), width_bucket(5, 0, 10, 5), to_hex(a), gcd(a, 4) FROM t
SELECT xmlelement(name x, a), xpath('/a', '<a/>'::xml) FROM t
SELECT * FROM xmltable('/r/i' PASSING '<r><i>1</i></r>'::xml COLUMNS n int PATH '.')
SELECT inet '10.0.0.1' << inet '10.0.0.0/8', host(inet '10.0.0.1') FROM t
SELECT a FROM t WHERE ctid IS NOT NULL AND tableoid = 't'::regclass AND xmin IS NOT NULL
SELECT bool_and(a > 0), every(b > 0), bit_or(a), stddev(a), corr(a, b) FROM t
SELECT random_normal(), array_shuffle(arr), array_sample(arr, 1) FROM t
SELECT collation for (name) FROM t
SELECT make_interval(days => 1), format('%s-%s', a, b) FROM t
SELECT num_nulls(a, b), greatest(a, b), least(a, b), nullif(a, 1) FROM t
