# SELECTs of every engine, one per line.
SELECT * FROM t
SELECT a, b, c FROM t WHERE a = 1
SELECT DISTINCT b FROM t ORDER BY b
SELECT count(*), sum(a), avg(b), min(c), max(d) FROM t
SELECT b, count(*) FROM t GROUP BY b HAVING count(*) > 1
SELECT t.a, u.v FROM t JOIN u ON t.a = u.id
SELECT t.a, u.v FROM t LEFT JOIN u ON t.a = u.id WHERE u.id IS NULL
SELECT x.a, y.a FROM t AS x CROSS JOIN t AS y WHERE x.a < y.a
SELECT a FROM t NATURAL JOIN u
SELECT a FROM t WHERE a IN (SELECT id FROM u)
SELECT a FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.id = t.a)
SELECT a FROM t WHERE (SELECT max(id) FROM u) > a
SELECT a FROM t UNION SELECT id FROM u
SELECT a FROM t UNION ALL SELECT id FROM u ORDER BY 1
SELECT a FROM t EXCEPT SELECT id FROM u
SELECT a FROM t INTERSECT SELECT id FROM u
WITH x AS (SELECT a FROM t) SELECT * FROM x
WITH x AS (SELECT a FROM t), y AS (SELECT a FROM x) SELECT * FROM x, y
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r
SELECT * FROM (SELECT a, b FROM t) AS s WHERE s.a > 1
SELECT CASE WHEN a > 1 THEN 'x' WHEN a IS NULL THEN 'y' ELSE 'z' END FROM t
SELECT CASE a WHEN 1 THEN 'one' END FROM t
SELECT coalesce(name, 'none'), nullif(a, b) FROM t
SELECT upper(name), lower(name), length(name), trim(name), replace(name, 'a', 'b') FROM t
SELECT abs(a), round(c), a % 2, a * b - 1 FROM t
SELECT substr(name, 1, 2) FROM t
SELECT a FROM t WHERE name LIKE 'a%'
SELECT a FROM t WHERE name NOT LIKE '%b' AND a BETWEEN 1 AND 5
SELECT a FROM t WHERE a IN (1, 2, 3) OR b NOT IN (4, 5)
SELECT a FROM t WHERE (a, b) = (1, 2)
SELECT a FROM t WHERE (a, b) IN (SELECT id, id FROM u)
SELECT a FROM t ORDER BY b DESC, a LIMIT 5
SELECT a FROM t ORDER BY a LIMIT 5 OFFSET 1
SELECT row_number() OVER (ORDER BY a), rank() OVER (PARTITION BY b ORDER BY a) FROM t
SELECT sum(a) OVER (ORDER BY a ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) FROM t
SELECT lag(a) OVER (ORDER BY a), lead(a, 1, 0) OVER (ORDER BY a), ntile(2) OVER (ORDER BY a) FROM t
SELECT sum(a) OVER w, avg(a) OVER w FROM t WINDOW w AS (PARTITION BY b)
SELECT first_value(a) OVER (ORDER BY b), last_value(a) OVER (ORDER BY b) FROM t
SELECT cast(a AS char(9)) FROM t
SELECT current_timestamp, a FROM t
SELECT a FROM t WHERE name = 'it''s'
SELECT a FROM t WHERE name = 'DELETE FROM t' OR name = 'FOR UPDATE'
SELECT a /* FOR UPDATE */ FROM t -- DELETE FROM t
/* a comment */ SELECT a FROM t
SELECT a FROM t;
SELECT a FROM v1
SELECT a FROM v1 JOIN u ON a = id
SELECT a FROM t WHERE b IS NOT NULL AND NOT (a = 1)
SELECT count(DISTINCT b) FROM t
SELECT upper('x')
SELECT length('abc') + 1
SELECT max(a) FROM t GROUP BY b ORDER BY max(a) DESC
select A from T where a=1 and b>=2 and c<>3
SELECT t.* FROM t, u WHERE t.a = u.id
SELECT (SELECT v FROM u WHERE u.id = t.a) AS label FROM t
SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE EXISTS (SELECT 1 FROM t AS x WHERE x.a = u.id))
