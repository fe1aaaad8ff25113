package legacy.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;

/** Writes: transfers in transactions, events in autocommit; each is read again by its own id. */
final class Teller implements Runnable {
  static final int MAX_PER_TELLER = 1_000_000;

  private final Ledger ledger;
  private final Random random;
  private long next;
  private boolean committed;

  Teller(Ledger ledger, int index) {
    this.ledger = ledger;
    this.random = new Random(ledger.seed * 31 + index);
    this.next = ledger.run * Ledger.RUN + index * (long) MAX_PER_TELLER;
  }

  @Override
  public void run() {
    while (!ledger.isEnded()) {
      try (Connection connection = ledger.connect()) {
        for (int i = 0; i < 200 && ledger.enter(); i++) {
          try {
            work(connection);
          } finally {
            ledger.leave();
          }
          ledger.rest();
          if (random.nextInt(4) == 0) {
            Thread.sleep(random.nextInt(4));
          }
        }
      } catch (SQLException e) {
        ledger.failed("teller", e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void work(Connection connection) throws SQLException {
    long id = next++;
    committed = true;
    try {
      if (random.nextInt(3) == 0) {
        note(connection, id);
        Ledger.print("ack events " + id);
      } else {
        connection.setAutoCommit(false);
        transfer(connection, id);
        if (random.nextInt(10) == 0) {
          connection.rollback();
          committed = false;
        } else {
          connection.commit();
          Ledger.print("ack transfers " + id);
          ledger.transfers.incrementAndGet();
        }
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      if (!Ledger.isBusy(e)) {
        ledger.failed("write", e);
      }
      ledger.busy.incrementAndGet();
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      return;
    }
    readBack(connection, id);
  }

  private void transfer(Connection connection, long id) throws SQLException {
    int from = random.nextInt(Books.ACCOUNTS);
    int to = (from + 1 + random.nextInt(Books.ACCOUNTS - 1)) % Books.ACCOUNTS;
    int amount = 1 + random.nextInt(20);
    if (random.nextInt(3) == 0) {
      try (PreparedStatement balance =
          connection.prepareStatement("SELECT balance FROM accounts WHERE id = ?")) {
        balance.setInt(1, from);
        try (ResultSet rows = balance.executeQuery()) {
          if (!rows.next()) {
            Ledger.print("violation account " + from + " is missing");
          }
        }
      }
    }
    try (PreparedStatement move =
        connection.prepareStatement("UPDATE accounts SET balance = balance + ? WHERE id = ?")) {
      move.setInt(1, -amount);
      move.setInt(2, from);
      move.executeUpdate();
      move.setInt(1, amount);
      move.setInt(2, to);
      move.executeUpdate();
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO transfers VALUES (?, ?, ?, ?)")) {
      insert.setLong(1, id);
      insert.setInt(2, from);
      insert.setInt(3, to);
      insert.setInt(4, amount);
      insert.executeUpdate();
    }
    try (PreparedStatement count =
        connection.prepareStatement("UPDATE counters SET n = n + 1, moved = moved + ?")) {
      count.setInt(1, amount);
      count.executeUpdate();
    }
    try (PreparedStatement journal = connection.prepareStatement(Books.JOURNAL)) {
      journal.setLong(1, id);
      journal.setLong(2, id);
      journal.executeUpdate();
    }
  }

  static void note(Connection connection, long id) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO events VALUES (?, ?)")) {
      insert.setLong(1, id);
      insert.setString(2, Books.payload(id));
      insert.executeUpdate();
    }
  }

  /** Whatever became of it: a transfer or an event that was acknowledged is seen, no other. */
  private void readBack(Connection connection, long id) {
    String sql =
        "SELECT (SELECT count(*) FROM transfers WHERE id = ?)"
            + " + (SELECT count(*) FROM events WHERE id = ?), n FROM counters";
    try (PreparedStatement mine = connection.prepareStatement(sql)) {
      mine.setLong(1, id);
      mine.setLong(2, id);
      try (ResultSet rows = mine.executeQuery()) {
        boolean there = rows.next() && rows.getInt(1) == 1;
        if (there != committed) {
          Ledger.print("violation own write " + id + (there ? " came back" : " is not seen"));
        }
      }
    } catch (SQLException e) {
      ledger.failed("read of own write", e);
    }
  }
}
