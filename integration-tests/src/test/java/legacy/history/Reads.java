package legacy.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** Everything that is read over one connection, with statements prepared once for all states. */
final class Reads implements AutoCloseable {
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
    one = connection.prepareStatement("SELECT id, version FROM register WHERE id = ?");
    all = connection.prepareStatement("SELECT id, version FROM register ORDER BY id");
    pair = connection.prepareStatement("SELECT id, side, version FROM pair WHERE id = ?");
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

  /** Several reads that must show one state. */
  private void transaction() throws SQLException {
    boolean text = dialect == Dialect.SQLITE && random.nextBoolean();
    boolean readOnly = dialect.readOnlyTransactions && random.nextBoolean();
    int isolation = connection.getTransactionIsolation();
    if (readOnly) {
      connection.setReadOnly(true);
    }
    if (dialect.readOnlyTransactions) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }
    long begin = System.nanoTime();
    begin(text);
    int reads = 2 + random.nextInt(4);
    for (int i = 0; i < reads; i++) {
      statement();
    }
    end(text, random.nextBoolean());
    journal.read(number, begin, System.nanoTime(), text ? "text-transaction" : "transaction");
    if (dialect.readOnlyTransactions) {
      connection.setTransactionIsolation(isolation);
    }
    if (readOnly) {
      connection.setReadOnly(false);
    }
  }

  private void begin(boolean text) throws SQLException {
    if (text) {
      execute("BEGIN");
    } else {
      connection.setAutoCommit(false);
    }
  }

  private void end(boolean text, boolean commit) throws SQLException {
    if (text) {
      execute(commit ? "COMMIT" : "ROLLBACK");
      return;
    }
    if (commit) {
      connection.commit();
    } else {
      connection.rollback();
    }
    connection.setAutoCommit(true);
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
