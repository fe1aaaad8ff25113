package legacy.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** Everything that is read over one connection, with statements prepared once for all states. */
final class Reads implements AutoCloseable {
  private static final int READ_COMMITTED = Connection.TRANSACTION_READ_COMMITTED;

  /** Show the same, see {@link History#link}. */
  private static final String[] SOURCES = {"register", "register_view", "mirror", "child"};

  private final Connection connection;
  private final int number;
  private final Dialect dialect;
  private final Random random;
  private final Journal journal;
  private final PreparedStatement one;
  private final PreparedStatement all;
  private final PreparedStatement pair;

  Reads(Connection connection, int number, Dialect dialect, Random random, Journal journal)
      throws SQLException {
    this.connection = connection;
    this.number = number;
    this.dialect = dialect;
    this.random = random;
    this.journal = journal;
    String register = History.LINKED ? SOURCES[random.nextInt(SOURCES.length)] : "register";
    one = connection.prepareStatement("SELECT id, version FROM " + register + " WHERE id = ?");
    all = connection.prepareStatement("SELECT id, version FROM " + register + " ORDER BY id");
    pair =
        connection.prepareStatement(
            "SELECT id, side, version FROM "
                + (History.LINKED ? "pair_view" : "pair")
                + " WHERE id = ?");
  }

  /** One read in autocommit mode, or several in a transaction of their own. */
  void any() throws SQLException {
    if (random.nextInt(10) == 0) {
      transaction();
      return;
    }
    long begin = System.nanoTime();
    String form = statement();
    journal.read(number, begin, System.nanoTime(), form);
  }

  /** Notes what one statement of any form returns. */
  private String statement() throws SQLException {
    switch (random.nextInt(6)) {
      case 0:
        registers(all.executeQuery());
        return "all";
      case 1:
        pair.setInt(1, random.nextInt(History.PAIRS));
        pairs(pair.executeQuery());
        return "pair";
      case 2:
        try (Statement statement = connection.createStatement()) {
          sum(statement.executeQuery("SELECT SUM(balance) FROM account"));
        }
        return "sum";
      case 3:
        try (Statement statement = connection.createStatement()) {
          String sql = "SELECT id, version FROM register WHERE id >= " + random.nextInt(5);
          if (!statement.execute(sql)) {
            throw new SQLException("no result");
          }
          registers(statement.getResultSet());
        }
        return "text";
      default:
        one.setInt(1, random.nextInt(History.REGISTERS));
        registers(one.executeQuery());
        return "one";
    }
  }

  /** Several reads: of one state, or in READ COMMITTED of one state each. */
  private void transaction() throws SQLException {
    boolean readOnly = dialect.isServer() && random.nextInt(3) != 0;
    if (random.nextBoolean()) {
      textTransaction(readOnly);
      return;
    }
    boolean snapshot = !dialect.isServer() || random.nextBoolean();
    int isolation = connection.getTransactionIsolation();
    if (readOnly) {
      connection.setReadOnly(true);
    }
    if (dialect.isServer()) {
      connection.setTransactionIsolation(
          snapshot ? Connection.TRANSACTION_REPEATABLE_READ : READ_COMMITTED);
    }
    connection.setAutoCommit(false);
    several(snapshot, readOnly ? "read-only" : "transaction");
    if (random.nextBoolean()) {
      connection.commit();
    } else {
      connection.rollback();
    }
    connection.setAutoCommit(true);
    if (dialect.isServer()) {
      connection.setTransactionIsolation(isolation);
    }
    if (readOnly) {
      connection.setReadOnly(false);
    }
  }

  private void textTransaction(boolean readOnly) throws SQLException {
    execute(dialect.beginSnapshot + (readOnly ? dialect.readOnly : ""));
    several(true, readOnly ? "text-read-only" : "text-transaction");
    execute(random.nextBoolean() ? "COMMIT" : "ROLLBACK");
  }

  /** In the transaction that is open: reads of one state, or of one state each. */
  void several(boolean snapshot, String form) throws SQLException {
    long begin = System.nanoTime();
    int reads = 2 + random.nextInt(4);
    for (int i = 0; i < reads; i++) {
      if (!snapshot) {
        begin = System.nanoTime();
      }
      statement();
      if (!snapshot) {
        journal.read(number, begin, System.nanoTime(), "read-committed-" + form);
      }
    }
    if (snapshot) {
      journal.read(number, begin, System.nanoTime(), form);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    }
  }

  /** The version of a register inside of a transaction that has written it. */
  long own(int id) throws SQLException {
    one.setInt(1, id);
    try (ResultSet result = one.executeQuery()) {
      return result.next() ? result.getLong(2) : -1;
    }
  }

  private void registers(ResultSet result) throws SQLException {
    try (ResultSet rows = result) {
      while (rows.next()) {
        journal.note("r" + rows.getInt(1), rows.getLong(2));
      }
    }
  }

  private void pairs(ResultSet result) throws SQLException {
    try (ResultSet rows = result) {
      while (rows.next()) {
        journal.note((rows.getInt(2) == 0 ? "p" : "q") + rows.getInt(1), rows.getLong(3));
      }
    }
  }

  private void sum(ResultSet result) throws SQLException {
    try (ResultSet rows = result) {
      while (rows.next()) {
        journal.note("sum", rows.getLong(1) - History.ACCOUNTS * History.BALANCE);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    one.close();
    all.close();
    pair.close();
  }
}
