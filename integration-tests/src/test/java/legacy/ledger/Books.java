package legacy.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The schema, and what must always hold in it. */
public final class Books {
  public static final int ACCOUNTS = 96;
  static final long TOTAL = ACCOUNTS * 1000L;

  /**
   * Sum of balances, number of transfers by count and by counter, sum of amounts by sum and
   * counter.
   */
  static final String BALANCE =
      "SELECT sum(a.balance), (SELECT count(*) FROM transfers), (SELECT n FROM counters),"
          + " (SELECT coalesce(sum(amount), 0) FROM transfers), (SELECT moved FROM counters)"
          + " FROM accounts a";

  /**
   * Chains the transfer to the one before it: the chain's value tells the whole history of
   * transfers up to here. Parameters: the transfer's id, twice.
   */
  public static final String JOURNAL =
      "INSERT INTO journal SELECT c.n, ?, (coalesce((SELECT chain FROM journal j WHERE j.n = c.n - 1),"
          + " 7) * 31 + ?) % 1000000007 FROM counters c";

  private Books() {}

  static void create(Ledger ledger) throws SQLException {
    while (true) {
      try (Connection connection = ledger.connect()) {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
          create(statement);
        }
        connection.commit();
        return;
      } catch (SQLException e) {
        if (!Ledger.isBusy(e)) {
          throw e;
        }
      }
    }
  }

  private static void create(Statement statement) throws SQLException {
    statement.executeUpdate(
        "CREATE TABLE IF NOT EXISTS accounts (id INTEGER PRIMARY KEY, balance INTEGER NOT NULL)");
    statement.executeUpdate(
        "CREATE TABLE IF NOT EXISTS transfers (id INTEGER PRIMARY KEY, src INTEGER NOT NULL,"
            + " dst INTEGER NOT NULL, amount INTEGER NOT NULL)");
    statement.executeUpdate("CREATE INDEX IF NOT EXISTS transfers_src ON transfers (src)");
    statement.executeUpdate("CREATE TABLE IF NOT EXISTS counters (n INTEGER, moved INTEGER)");
    statement.executeUpdate(
        "CREATE TABLE IF NOT EXISTS events (id INTEGER PRIMARY KEY, payload TEXT NOT NULL)");
    statement.executeUpdate(
        "CREATE TABLE IF NOT EXISTS journal (n INTEGER PRIMARY KEY, id INTEGER, chain INTEGER)");
    try (ResultSet rows = statement.executeQuery("SELECT count(*) FROM accounts")) {
      if (rows.next() && rows.getLong(1) == ACCOUNTS) {
        return;
      }
    }
    for (int i = 0; i < ACCOUNTS; i++) {
      statement.executeUpdate("INSERT INTO accounts VALUES (" + i + ", 1000)");
    }
    statement.executeUpdate("INSERT INTO counters VALUES (0, 0)");
  }

  /** What belongs to the event; up to some 20,000 characters, so that pages overflow. */
  public static String payload(long id) {
    long mixed = id * 0x9E3779B97F4A7C15L;
    int words = 1 + (int) ((mixed >>> 33) % 60);
    if ((mixed >>> 20 & 31) == 0) {
      words *= 20;
    }
    StringBuilder text = new StringBuilder(words * 17);
    for (int i = 0; i < words; i++) {
      mixed = mixed * 6364136223846793005L + 1442695040888963407L;
      text.append(Long.toHexString(mixed)).append(' ');
    }
    return text.toString();
  }
}
