CREATE TABLE t (a int PRIMARY KEY, b int, c numeric, d timestamptz, name text, j jsonb, arr int[])
CREATE INDEX t_brin ON t USING brin (b)
CREATE INDEX t_gin ON t USING gin (j)
CREATE TABLE u (id int PRIMARY KEY, v text)
CREATE SEQUENCE s
CREATE VIEW v1 AS SELECT a, b FROM t
CREATE SCHEMA app_writes
CREATE FUNCTION writes() RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO u VALUES (99, 'x') ON CONFLICT DO NOTHING; RETURN 1; END $$
CREATE FUNCTION app_writes.writes() RETURNS int LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.u VALUES (99, 'x') ON CONFLICT DO NOTHING; RETURN 1; END $$
CREATE FUNCTION reads_then_writes() RETURNS int STABLE LANGUAGE plpgsql AS $$ BEGIN RETURN writes(); END $$
CREATE FUNCTION locks() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1 FROM t FOR UPDATE; RETURN 1; END $$
CREATE FUNCTION plus_writes(int, int) RETURNS int LANGUAGE sql AS 'SELECT writes()'
CREATE OPERATOR @+@ (LEFTARG = int, RIGHTARG = int, FUNCTION = plus_writes)
CREATE VIEW v_writes AS SELECT writes() AS w
INSERT INTO t VALUES (1, 2, 3.5, now(), 'abc', '{"x":1,"y":2}', '{1,2}'), (2, 2, 1, NULL, NULL, '[1]', NULL)
INSERT INTO u VALUES (1, 'one'), (2, 'two')
