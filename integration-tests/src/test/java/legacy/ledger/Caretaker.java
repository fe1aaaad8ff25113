package legacy.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** Changes the schema, moves much at once, and vacuums, now and then. */
final class Caretaker implements Runnable {
  private final Ledger ledger;
  private final Random random;

  Caretaker(Ledger ledger) {
    this.ledger = ledger;
    this.random = new Random(ledger.seed * 13);
  }

  @Override
  public void run() {
    while (ledger.enter()) {
      try (Connection connection = ledger.connect();
          Statement statement = connection.createStatement()) {
        work(connection, statement);
      } catch (SQLException e) {
        // Another's caretaker may have dropped the table that this one has just created.
        if (!Ledger.isBusy(e) && !String.valueOf(e.getMessage()).contains("main.extra_")) {
          ledger.failed("maintenance", e);
        }
      } finally {
        ledger.leave();
      }
      try {
        Thread.sleep(20 + random.nextInt(150));
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void work(Connection connection, Statement statement) throws SQLException {
    String table = "extra_" + random.nextInt(4);
    switch (random.nextInt(9)) {
      case 0 -> statement.execute("VACUUM");
      case 1 -> statement.executeUpdate("DROP TABLE IF EXISTS " + table);
      case 2 -> statement.executeUpdate("PRAGMA user_version = " + random.nextInt(1000));
      case 3 -> bulk(connection, table);
      case 4 -> statement.execute("PRAGMA wal_checkpoint(PASSIVE)");
      case 5 -> {
        // Readers of the log are not waited for: meanwhile nobody could write.
        statement.execute("PRAGMA busy_timeout = 20");
        statement.execute(
            "PRAGMA wal_checkpoint(" + (random.nextBoolean() ? "RESTART)" : "TRUNCATE)"));
      }
      default -> {
        statement.executeUpdate(
            "CREATE TABLE IF NOT EXISTS " + table + " (k INTEGER PRIMARY KEY, v TEXT)");
        statement.executeUpdate("CREATE INDEX IF NOT EXISTS " + table + "_v ON " + table + " (v)");
      }
    }
  }

  private void bulk(Connection connection, String table) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "CREATE TABLE IF NOT EXISTS " + table + " (k INTEGER PRIMARY KEY, v TEXT)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + table + " (v) VALUES (?)")) {
        int rows = random.nextInt(2000);
        for (int i = 0; i < rows; i++) {
          insert.setString(1, Books.payload(random.nextLong()));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
