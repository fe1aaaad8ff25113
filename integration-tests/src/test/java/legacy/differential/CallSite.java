package legacy.differential;

import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** What the random calls need to know of an engine: its texts. */
final class CallSite {
  static final CallSite SQLITE =
      new CallSite(
          new String[] {
            "DROP TABLE IF EXISTS item",
            "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT, qty INTEGER, price REAL, note TEXT)",
          },
          new String[] {
            "SELECT * FROM item WHERE data_of(id) = 1",
            "SELECT abs(-9223372036854775808) FROM item",
          });

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

  final String[] schema;
  final String[] reads = Common.READS;
  final String[] prepared = Common.PREPARED;
  final String[] writes = Common.WRITES;
  final String[] preparedWrites = Common.PREPARED_WRITES;
  final String[] wrong;

  /** The site of that name. */
  static CallSite of(String name) {
    if (name.equals("SQLITE")) {
      return SQLITE;
    }
    throw new IllegalArgumentException(name);
  }

  private CallSite(String[] schema, String[] wrong) {
    this.schema = schema;
    this.wrong = Arrays.copyOf(Common.WRONG, Common.WRONG.length + wrong.length);
    System.arraycopy(wrong, 0, this.wrong, Common.WRONG.length, wrong.length);
  }

  /**
   * The sequences that are known to differ, and left out: sqlite-jdbc opens a closed result again,
   * without rows, when its statement is asked for it once more, and keeps the result of {@code
   * getGeneratedKeys} until the statement's next {@code execute()}.
   */
  boolean isException(Method method, ResultSet result) throws SQLException {
    // Its message tells whether the driver's result object was ever used before.
    return this == SQLITE && method.getName().equals("wasNull") && result.getRow() == 0;
  }

  boolean isException(Method method, ResultSet newest, boolean goesOn) throws SQLException {
    switch (method.getName()) {
      case "getResultSet":
        return this == SQLITE && newest != null && newest.isClosed();
      case "getGeneratedKeys":
        return this == SQLITE && goesOn;
      default:
        return false;
    }
  }
}
