package legacy.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Removes all but each teller's newest transfers and events, and the journal with them, so that
 * whoever works for long does not grow by what the books grow. The books balance all the time.
 */
final class Archivist implements Runnable {
  private static final int TELLERS = 10;
  private static final int PAUSE_MILLIS = 1_000;

  private final Ledger ledger;
  private final int newest;

  Archivist(Ledger ledger, int newest) {
    this.ledger = ledger;
    this.newest = newest;
  }

  @Override
  public void run() {
    while (ledger.enter()) {
      try (Connection connection = ledger.connect()) {
        archive(connection);
      } catch (SQLException e) {
        if (!Ledger.isBusy(e)) {
          ledger.failed("archive", e);
        }
      } finally {
        ledger.leave();
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void archive(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // The counter numbers the journal, and goes back below.
      statement.executeUpdate("DELETE FROM journal");
      for (int teller = 0; teller < TELLERS; teller++) {
        long first = ledger.run * Ledger.RUN + teller * (long) Teller.MAX_PER_TELLER;
        String range = " BETWEEN " + first + " AND " + (first + Teller.MAX_PER_TELLER - 1);
        String newestId = "(SELECT max(id) FROM transfers WHERE id" + range + ")";
        String old = " WHERE id" + range + " AND id <= " + newestId + " - " + newest;
        statement.executeUpdate(
            "UPDATE counters SET n = n - (SELECT count(*) FROM transfers"
                + old
                + "), moved = moved - (SELECT coalesce(sum(amount), 0) FROM transfers"
                + old
                + ")");
        statement.executeUpdate("DELETE FROM events" + old);
        statement.executeUpdate("DELETE FROM transfers" + old);
      }
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
