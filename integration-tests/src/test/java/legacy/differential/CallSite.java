package legacy.differential;

import java.lang.reflect.Method;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** What the random calls need to know of an engine: its texts. */
final class CallSite {
  static final CallSite SQLITE =
      new CallSite(
          new String[0],
          new String[] {
            "DROP TABLE IF EXISTS item",
            "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, qty INTEGER, price REAL, note TEXT)",
          },
          new String[0],
          new String[] {
            "SELECT * FROM item WHERE data_of(id) = 1",
            "SELECT abs(-9223372036854775808) FROM item",
          },
          new String[] {"{call nothing()}", "{? = call abs(?)}", "SELECT 1", null},
          new String[] {"main", "nowhere", "", null},
          false);

  static final CallSite POSTGRES =
      new CallSite(
          new String[] {
            "DROP TABLE IF EXISTS item",
            "CREATE TABLE item(id SERIAL PRIMARY KEY, name TEXT, qty INTEGER,"
                + " price DOUBLE PRECISION, note TEXT)",
            "CREATE OR REPLACE FUNCTION half_of(a INTEGER) RETURNS INTEGER LANGUAGE sql"
                + " AS 'SELECT CASE WHEN pg_is_in_recovery() THEN -1 ELSE a / 2 END'",
            "CREATE OR REPLACE FUNCTION spread(a INTEGER, OUT b TEXT, OUT c DOUBLE PRECISION)"
                + " LANGUAGE sql AS 'SELECT pg_is_in_recovery()::text, a / 4.0'",
            "CREATE OR REPLACE PROCEDURE raise_quantity(a INTEGER, INOUT b INTEGER) LANGUAGE sql"
                + " AS 'UPDATE item SET qty = qty + a WHERE id = b RETURNING qty'",
          },
          new String[] {"DELETE FROM item", "SELECT setval('item_id_seq', 1, false)"},
          new String[0],
          new String[] {
            "SELECT 1 / (id - id) FROM item",
            "SELECT CAST(name AS INTEGER) FROM item WHERE id = 2",
            "SELECT nothing(id) FROM item",
          },
          new String[] {
            "{? = call half_of(?)}",
            "{call spread(?, ?, ?)}",
            "call raise_quantity(?, ?)",
            "SELECT half_of(?), name FROM item ORDER BY id",
            "{call nothing()}",
            null,
          },
          new String[] {"public", "public", "nowhere", "app", "", null},
          true);

  static final CallSite MARIADB =
      new CallSite(
          new String[] {
            "DROP TABLE IF EXISTS item",
            "CREATE TABLE item(id INTEGER AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50),"
                + " qty INTEGER, price DOUBLE, note TEXT)",
            "CREATE OR REPLACE FUNCTION half_of(a INTEGER) RETURNS INTEGER READS SQL DATA"
                + " RETURN IF(@@read_only, -1, a DIV 2)",
            "CREATE OR REPLACE PROCEDURE spread(a INTEGER, OUT b TEXT, OUT c DOUBLE)"
                + " BEGIN SET b = @@read_only, c = a / 4; SELECT id, name FROM item; END",
            "CREATE OR REPLACE PROCEDURE raise_quantity(a INTEGER, INOUT b INTEGER)"
                + " BEGIN UPDATE item SET qty = qty + a WHERE id = b;"
                + " SELECT MAX(qty) INTO b FROM item; END",
          },
          new String[] {"TRUNCATE TABLE item"},
          // With warnings.
          new String[] {"SELECT id, name, qty FROM item WHERE name <> 7 ORDER BY id"},
          new String[] {
            "SELECT nothing(id) FROM item",
            "SELECT id FROM item WHERE id = (SELECT id FROM item)",
            "SELECT -9223372036854775808 - id FROM item",
          },
          new String[] {
            "{? = call half_of(?)}",
            "{call spread(?, ?, ?)}",
            "call raise_quantity(?, ?)",
            "{call nothing()}",
            "SELECT 1",
            null,
          },
          new String[] {"app", "app", "nowhere", "", null},
          true);

  static final CallSite MYSQL =
      new CallSite(
          new String[] {
            "DROP TABLE IF EXISTS item",
            "CREATE TABLE item(id INTEGER AUTO_INCREMENT PRIMARY KEY, name VARCHAR(50),"
                + " qty INTEGER, price DOUBLE, note TEXT)",
            "DROP FUNCTION IF EXISTS half_of",
            "DROP PROCEDURE IF EXISTS spread",
            "DROP PROCEDURE IF EXISTS raise_quantity",
            "CREATE FUNCTION half_of(a INTEGER) RETURNS INTEGER READS SQL DATA"
                + " RETURN IF(@@read_only, -1, a DIV 2)",
            "CREATE PROCEDURE spread(a INTEGER, OUT b TEXT, OUT c DOUBLE)"
                + " BEGIN SET b = @@read_only, c = a / 4; SELECT id, name FROM item; END",
            "CREATE PROCEDURE raise_quantity(a INTEGER, INOUT b INTEGER)"
                + " BEGIN UPDATE item SET qty = qty + a WHERE id = b;"
                + " SELECT MAX(qty) INTO b FROM item; END",
          },
          new String[] {"TRUNCATE TABLE item"},
          new String[0],
          new String[] {
            "SELECT nothing(id) FROM item",
            "SELECT id FROM item WHERE id = (SELECT id FROM item)",
            "SELECT -9223372036854775808 - id FROM item",
          },
          new String[] {
            "{? = call half_of(?)}",
            "{call spread(?, ?, ?)}",
            "call raise_quantity(?, ?)",
            "{call nothing()}",
            "SELECT 1",
            null,
          },
          new String[] {"app", "app", "nowhere", "", null},
          true);

  /** Texts that mean the same to all of them. */
  private static final class Common {
    static final String[] READS = {
      "SELECT id, name, qty FROM item ORDER BY id",
      "SELECT * FROM item ORDER BY id",
      "SELECT id FROM item WHERE id < 0",
      "SELECT COUNT(*) AS id, SUM(qty) AS qty FROM item",
      "SELECT name, note, id FROM item WHERE note IS NULL ORDER BY id",
      "SELECT id, '7' AS name, 2.5 AS price, NULL AS note FROM item WHERE id = 1",
      "SELECT price, id, name FROM item WHERE id BETWEEN 2 AND 4 ORDER BY id",
    };
    static final String[] PREPARED = {
      "SELECT id, name, qty FROM item WHERE id = ?",
      "SELECT * FROM item WHERE id > ? ORDER BY id",
      "SELECT id, name FROM item WHERE name = ? OR note = ? ORDER BY id",
      "SELECT id, name, price FROM item ORDER BY id",
      "SELECT COUNT(*) FROM item WHERE qty BETWEEN ? AND ?",
    };
    static final String[] WRITES = {
      "UPDATE item SET qty = qty + 1 WHERE id = 2",
      "UPDATE item SET note = 'changed' WHERE id > 9",
      "DELETE FROM item WHERE id = 700",
      "INSERT INTO item(id, name, qty) SELECT MAX(id) + 1, 'more', 1 FROM item",
    };
    static final String[] PREPARED_WRITES = {
      "UPDATE item SET note = ? WHERE id = ?", "DELETE FROM item WHERE id = 800 + ?",
    };
    static final String[] WRONG = {
      "SELECT nothing FROM item", "SELEC 1", "SELECT id FROM nowhere",
    };

    private Common() {}
  }

  /** What is run once. */
  final String[] schema;

  /** What is run before each seed. */
  final String[] clear;

  final String[] reads;
  final String[] prepared = Common.PREPARED;
  final String[] writes = Common.WRITES;
  final String[] preparedWrites = Common.PREPARED_WRITES;
  final String[] wrong;

  /** Texts for {@code prepareCall}. */
  final String[] calls;

  /** Names for {@code setCatalog} and {@code setSchema}. */
  final String[] schemas;

  /** Whether the driver makes callable statements. */
  final boolean callable;

  /** The site of that name. */
  static CallSite of(String name) {
    switch (name) {
      case "SQLITE":
        return SQLITE;
      case "POSTGRES":
        return POSTGRES;
      case "MARIADB":
        return MARIADB;
      case "MYSQL":
        return MYSQL;
      default:
        throw new IllegalArgumentException(name);
    }
  }

  private CallSite(
      String[] schema,
      String[] clear,
      String[] reads,
      String[] wrong,
      String[] calls,
      String[] schemas,
      boolean callable) {
    this.schema = schema;
    this.clear = clear;
    this.calls = calls;
    this.schemas = schemas;
    this.callable = callable;
    this.reads = Arrays.copyOf(Common.READS, Common.READS.length + reads.length);
    System.arraycopy(reads, 0, this.reads, Common.READS.length, reads.length);
    this.wrong = Arrays.copyOf(Common.WRONG, Common.WRONG.length + wrong.length);
    System.arraycopy(wrong, 0, this.wrong, Common.WRONG.length, wrong.length);
  }

  /**
   * True for calls on a statement that has run which are known to differ with MySQL's driver: forms
   * that it refuses by their arguments before it closes the open result, where one that a replica
   * served is closed by then; and what it keeps of an earlier execution of its own.
   */
  boolean isLeftOut(Method method, Statement statement) {
    if (this != MYSQL) {
      return false;
    }
    switch (method.getName()) {
      case "closeOnCompletion":
      case "getGeneratedKeys":
      case "executeUpdate":
      case "executeLargeUpdate":
      case "executeBatch":
      case "executeLargeBatch":
        return true;
      default:
        return method.getName().startsWith("execute")
            && method.getParameterCount() > 0
            && (method.getParameterCount() == 2 || statement instanceof PreparedStatement);
    }
  }

  /**
   * What is known to differ, and left out.
   *
   * <p>MariaDB's driver asks the server for the warnings of its connection's newest command. When
   * that has failed after a read with warnings, they are the error's or still the read's, as the
   * server or the driver has refused it; of a read on a replica they are gone by then, for the
   * master was asked.
   *
   * <p>sqlite-jdbc opens a closed result again, without rows, when its statement is asked for it
   * once more. Of a plain statement whose read a replica served, nothing is left then that knows
   * the columns: the result stays closed.
   *
   * @param failed the newest execution failed
   * @param statement what is called, if it is a statement that will be used again; else null
   * @param newest the newest result of the statement; may be null
   */
  boolean isException(Method method, boolean failed, Statement statement, ResultSet newest)
      throws SQLException {
    switch (method.getName()) {
      case "getWarnings":
        return this == MARIADB && failed;
      case "getResultSet":
        return this == SQLITE
            && !(statement instanceof PreparedStatement)
            && newest != null
            && newest.isClosed();
      default:
        return false;
    }
  }
}
