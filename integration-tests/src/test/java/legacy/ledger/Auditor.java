package legacy.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** Reads, in several forms, and checks what must hold in each. */
final class Auditor implements Runnable {
  private final Ledger ledger;
  private final Random random;

  Auditor(Ledger ledger, int index) {
    this.ledger = ledger;
    this.random = new Random(ledger.seed * 17 + index);
  }

  @Override
  public void run() {
    while (!ledger.isEnded()) {
      try (Connection connection = ledger.connect();
          PreparedStatement balance = connection.prepareStatement(Books.BALANCE);
          PreparedStatement event =
              connection.prepareStatement(
                  "SELECT id, payload FROM events WHERE id >= ? ORDER BY id LIMIT 1")) {
        for (int i = 0; i < 200 && !ledger.isEnded(); i++) {
          audit(connection, balance, event);
          ledger.audited();
          ledger.rest();
          if (random.nextInt(3) == 0) {
            Thread.sleep(1);
          }
        }
      } catch (SQLException e) {
        ledger.failed("read", e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void audit(Connection connection, PreparedStatement balance, PreparedStatement event)
      throws SQLException {
    int kind = random.nextInt(8);
    if (kind == 0) {
      rows(connection);
    } else if (kind == 1 && ledger.scans) {
      scan(connection);
    } else if (kind == 2) {
      index(connection);
    } else if (kind < 6) {
      event(event);
    } else {
      balance(balance);
    }
  }

  private void balance(PreparedStatement balance) throws SQLException {
    try (ResultSet rows = balance.executeQuery()) {
      rows.next();
      long total = rows.getLong(1);
      String found = total + " " + rows.getLong(2) + "=" + rows.getLong(3);
      found += " " + rows.getLong(4) + "=" + rows.getLong(5);
      if (total != Books.TOTAL
          || rows.getLong(2) != rows.getLong(3)
          || rows.getLong(4) != rows.getLong(5)) {
        Ledger.print("violation the books do not balance: " + found);
      }
    }
  }

  private void rows(Connection connection) throws SQLException {
    long total = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, balance FROM accounts")) {
      while (rows.next()) {
        total += rows.getLong(2);
      }
    }
    if (total != Books.TOTAL) {
      Ledger.print("violation the accounts add up to " + total);
    }
  }

  /** A result of many pages. */
  private void scan(Connection connection) throws SQLException {
    long moved = 0;
    long expected = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT t.amount, c.moved FROM counters c, transfers t")) {
      while (rows.next()) {
        moved += rows.getLong(1);
        expected = rows.getLong(2);
      }
    }
    if (moved != expected) {
      Ledger.print("violation the transfers add up to " + moved + ", not " + expected);
    }
  }

  private void index(Connection connection) throws SQLException {
    int from = random.nextInt(Books.ACCOUNTS);
    String one = "SELECT count(*) FROM transfers INDEXED BY transfers_src WHERE src = " + from;
    String other = "SELECT count(*) FROM transfers NOT INDEXED WHERE src = " + from;
    String sql = "SELECT (" + one + "), (" + other + "), n FROM counters";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      if (rows.getLong(1) != rows.getLong(2)) {
        Ledger.print("violation index " + rows.getLong(1) + ", table " + rows.getLong(2));
      }
    }
  }

  private void event(PreparedStatement event) throws SQLException {
    long run = 1 + (long) (random.nextDouble() * ledger.run);
    event.setLong(1, run * Ledger.RUN + random.nextInt(2000));
    try (ResultSet rows = event.executeQuery()) {
      if (rows.next() && !Books.payload(rows.getLong(1)).equals(rows.getString(2))) {
        String text = String.valueOf(rows.getString(2));
        Ledger.print("violation event " + rows.getLong(1) + " has another payload: " + text);
      }
    }
  }
}
