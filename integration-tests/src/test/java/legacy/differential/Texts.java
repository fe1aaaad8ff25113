package legacy.differential;

/** The SQL texts of the random program. */
final class Texts {
  static final String[] SCHEMA = {
    "CREATE TABLE item(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE,"
        + " qty INTEGER CHECK (qty >= 0), price REAL, data BLOB, note TEXT)",
    "CREATE TABLE part(id INTEGER PRIMARY KEY, item_id INTEGER REFERENCES item(id)"
        + " ON DELETE CASCADE, kind TEXT NOT NULL)",
    "CREATE TABLE log(at INTEGER PRIMARY KEY, what TEXT)",
    "CREATE INDEX item_qty ON item(qty)",
    "CREATE VIEW rich AS SELECT id, name, qty * price AS worth FROM item WHERE qty * price > 50",
    "CREATE TRIGGER item_log AFTER UPDATE ON item BEGIN"
        + " INSERT INTO log(what) VALUES (old.name || '>' || new.qty); END",
  };

  /** Reads whose rows come out of a sorter or an aggregate: safe while others write. */
  static final String[] SORTED = {
    "SELECT id, name, qty FROM item ORDER BY -id",
    "SELECT * FROM item ORDER BY qty + 0, id",
    "SELECT COUNT(*), SUM(qty), AVG(price) FROM item",
    "SELECT qty % 3 AS g, COUNT(*) AS n FROM item GROUP BY qty % 3 ORDER BY n + 0, g",
    "WITH x(a) AS (SELECT qty FROM item) SELECT MAX(a), MIN(a) FROM x",
    "SELECT i.name, p.kind FROM item i JOIN part p ON p.item_id = i.id ORDER BY p.id + 0",
    "SELECT id FROM item WHERE qty > 20 UNION SELECT id FROM part ORDER BY 1",
    "SELECT group_concat(name, ';') FROM (SELECT name FROM item ORDER BY name)",
    "SELECT COUNT(*) FROM log",
    "/* from the report */ SELECT upper(name) AS loud, abs(qty - 30) FROM item ORDER BY 2, -id",
    "SELECT name, row_number() OVER (ORDER BY qty, id) AS rn FROM item ORDER BY rn + 0",
  };

  /** Reads of all other kinds, read to the end at once. */
  static final String[] READS = {
    "SELECT id, name FROM item WHERE id = 3",
    "SELECT name AS n, qty, price * 2 FROM item WHERE id BETWEEN 2 AND 5",
    "SELECT * FROM rich",
    "SELECT data, note FROM item WHERE id < 4",
    "SELECT typeof(data), length(data), hex(data) FROM item",
    "SELECT CASE WHEN qty > 30 THEN 'many' ELSE 'few' END FROM item",
    "SELECT name FROM item WHERE name LIKE 'ITEM1%'",
    "SELECT name FROM item WHERE name GLOB 'item1*'",
    "SELECT id FROM item WHERE note IS NULL",
    "SELECT DISTINCT qty FROM item",
    "SELECT (SELECT COUNT(*) FROM part WHERE item_id = item.id) FROM item",
    "SELECT id FROM item LIMIT 3 OFFSET 2",
    "VALUES (1, 'a'), (2, 'b')",
    "SELECT 1",
    "SELECT 1 AS a, 'x' AS b, NULL AS c, 2.5 AS d, x'00' AS e",
    "SELECT last_insert_rowid(), changes()",
    "SELECT total_changes() >= 0 FROM item LIMIT 1",
    "SELECT type, name, tbl_name FROM sqlite_master ORDER BY name",
    "SELECT name, seq FROM sqlite_sequence",
    "SELECT * FROM temp.sqlite_master",
    "SELECT * FROM scratch",
    "SELECT * FROM side.remote",
    "SELECT twice(qty) FROM item WHERE id < 4",
    "SELECT upper(name) FROM item WHERE id < 4",
    "SELECT total_of(qty) FROM item",
    "SELECT name FROM item ORDER BY name COLLATE backwards",
    "SELECT name FROM item ORDER BY name COLLATE NOCASE DESC",
    "PRAGMA table_info(item)",
    "PRAGMA index_list(item)",
    "PRAGMA index_info(item_qty)",
    "PRAGMA foreign_key_list(part)",
    "PRAGMA foreign_keys",
    "PRAGMA user_version",
    "PRAGMA database_list",
    "PRAGMA encoding",
    "PRAGMA page_size",
    "PRAGMA case_sensitive_like",
    "PRAGMA recursive_triggers",
    "PRAGMA integrity_check",
    "PRAGMA foreign_key_check",
    "PRAGMA busy_timeout",
    "PRAGMA cache_size",
    "PRAGMA synchronous",
    "PRAGMA read_uncommitted",
    "PRAGMA query_only",
    "SELECT name FROM pragma_table_info('item')",
    "SELECT json_extract('{\"a\":[1,2]}', '$.a[1]') FROM item WHERE id = 1",
    "SELECT value FROM item, json_each('[1,2,3]') WHERE item.id = 1",
    "SELECT 'it''s; -- not' AS \"a\"\"b\", [id], `name` FROM item WHERE id = 1 -- done",
    "SELECT id FROM item WHERE name = \"item1\"",
    "SELECT printf('%05d', qty) FROM item WHERE id = 2;",
    "SELECT date('2020-01-01', '+1 day') FROM item WHERE id = 1",
    "SELECT id FROM item WHERE id IN (SELECT item_id FROM part WHERE kind = 'p') AND qty > 10",
    "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT n FROM c",
    "WITH RECURSIVE c(n) AS (SELECT min(id) FROM item UNION ALL SELECT n + 1 FROM c WHERE n < 5)"
        + " SELECT n FROM c",
  };

  /** Texts that fail. */
  static final String[] WRONG = {
    "SELEC id FROM item",
    "SELECT id FROM nowhere",
    "SELECT nothing FROM item",
    "SELECT id FROM item WHERE",
    "SELECT nofunction(id) FROM item",
    "SELECT id FROM item ORDER BY name COLLATE nocollation",
    "SELECT abs(-9223372036854775808) FROM item",
    "SELECT json_extract('{', '$') FROM item",
    "INSERT INTO item(id, name) VALUES (1, 'twin')",
    "INSERT INTO item(name) VALUES ('item1')",
    "UPDATE item SET qty = -1 WHERE id = 1",
    "INSERT INTO part(id, item_id) VALUES (900, 1)",
    "SELECT 'unclosed FROM item",
    "COMMIT",
    "ROLLBACK",
    "RELEASE nosuch",
    "DROP TABLE nowhere",
    "SELECT id FROM item WHERE id = ?",
    "SELECT * FROM item; SELECT * FROM part",
    "SELECT id FROM item; DELETE FROM log",
  };

  /** Given to executeUpdate only: prepared, they keep the driver from closing its connection. */
  static final String[] EMPTY = {"", " ", "-- nothing", ";"};

  static final String[] WRITES = {
    "INSERT INTO item(name, qty, price) VALUES ('new%d', %d, 1.5)",
    "INSERT OR IGNORE INTO item(id, name, qty) VALUES (%d, 'ignored%d', 1)",
    "INSERT OR REPLACE INTO item(id, name, qty) VALUES (%d, 'replaced%d', 2)",
    "REPLACE INTO part VALUES (%d, %d, 'r')",
    "UPDATE item SET qty = qty + %d WHERE id %% 4 = %d %% 4",
    "UPDATE item SET note = 'n%d' WHERE id = %d %% 12",
    "UPDATE item SET qty = 3 WHERE id = -%d - %d",
    "DELETE FROM part WHERE id = %d %% 20 + %d",
    "DELETE FROM item WHERE id = %d %% 40 + 6 + 0 * %d",
    "INSERT INTO part SELECT id + 1000 + %d, id, 'c' FROM item WHERE id = %d %% 12",
    "WITH v(q) AS (VALUES (%d)) UPDATE item SET qty = (SELECT q FROM v) WHERE id = %d %% 9",
    "INSERT INTO item(id, name, qty) VALUES (%d, 'up', %d) ON CONFLICT DO UPDATE SET qty = 7",
  };

  static final String[] RETURNING = {
    "INSERT INTO item(name, qty) VALUES ('ret%d', %d) RETURNING id, name",
    "UPDATE item SET qty = qty + 1 + 0 * %d WHERE id < 1 + %d %% 5 RETURNING id, qty",
    "DELETE FROM part WHERE id = %d + 0 * %d RETURNING *",
  };

  static final String[] PREPARED_READS = {
    "SELECT id, name, qty FROM item WHERE id = ?",
    "SELECT COUNT(*) FROM item WHERE qty > ?",
    "SELECT name, note FROM item WHERE name = ? OR note = ?",
    "SELECT id, ? AS given FROM item WHERE id < 3",
    "SELECT id FROM item WHERE qty BETWEEN ?1 AND ?2 ORDER BY id + 0",
    "SELECT id FROM item WHERE data = ? OR id = ?",
    "SELECT * FROM item ORDER BY qty + 0, id LIMIT ?",
    "SELECT typeof(?), ? FROM item WHERE id = 1",
  };

  static final String[] PREPARED_WRITES = {
    "UPDATE item SET qty = abs(?) WHERE id = ?",
    "INSERT INTO log(what) VALUES (?)",
    "INSERT INTO part(item_id, kind) VALUES (?, ?)",
    "DELETE FROM log WHERE at = ?",
  };

  static final String[] SESSION = {
    "PRAGMA foreign_keys = ON",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA case_sensitive_like = ON",
    "PRAGMA case_sensitive_like = OFF",
    "PRAGMA recursive_triggers = 1",
    "PRAGMA user_version = 7",
    "PRAGMA busy_timeout = 2000",
    "PRAGMA cache_size = 500",
    "PRAGMA query_only = 0",
    "CREATE TEMP TABLE IF NOT EXISTS scratch(a, b)",
    "CREATE TEMP TABLE IF NOT EXISTS item(id, name, qty, price, data, note)",
    "INSERT INTO temp.scratch VALUES (1, 'temporary')",
    "INSERT INTO temp.item(id, name) VALUES (1, 'temporary')",
    "DROP TABLE IF EXISTS temp.item",
    "CREATE TEMP VIEW IF NOT EXISTS part AS SELECT 'view' AS id",
    "DROP VIEW IF EXISTS temp.part",
    "CREATE TABLE IF NOT EXISTS later(a)",
    "ALTER TABLE part ADD COLUMN extra DEFAULT 5",
    "DROP TABLE IF EXISTS later",
    "CREATE INDEX IF NOT EXISTS by_note ON item(note)",
    "VACUUM",
    "REINDEX",
    "DETACH side",
  };

  private Texts() {}
}
