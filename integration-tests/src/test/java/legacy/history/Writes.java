package legacy.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** Everything that is written over one connection. */
final class Writes implements AutoCloseable {
  private static final String COMMITTED = "committed";
  private static final String ROLLED_BACK = "rolled-back";

  private final Connection connection;
  private final int number;
  private final Dialect dialect;
  private final Random random;
  private final Journal journal;
  private final Registers registers;
  private final PreparedStatement set;
  private final PreparedStatement setPair;

  Writes(
      Connection connection,
      int number,
      Dialect dialect,
      Random random,
      Journal journal,
      Registers registers)
      throws SQLException {
    this.connection = connection;
    this.number = number;
    this.dialect = dialect;
    this.random = random;
    this.journal = journal;
    this.registers = registers;
    set = connection.prepareStatement("UPDATE register SET version = ? WHERE id = ?");
    setPair = connection.prepareStatement("UPDATE pair SET version = ? WHERE id = ? AND side = ?");
  }

  void any(Reads reads) throws SQLException {
    switch (random.nextInt(4)) {
      case 0:
        pair();
        break;
      case 1:
        transfer();
        break;
      case 2:
        registerInTransaction(reads);
        break;
      default:
        register();
        break;
    }
  }

  /** In autocommit mode. */
  private void register() throws SQLException {
    int id = random.nextInt(History.REGISTERS);
    long begin = System.nanoTime();
    long version = registers.drawRegister(id);
    try {
      String text = "UPDATE register SET version = " + version + " WHERE id = " + id;
      switch (random.nextInt(dialect.returning ? 5 : 4)) {
        case 0:
          update(text);
          break;
        case 1:
          try (Statement statement = connection.createStatement()) {
            boolean unused = statement.execute(text);
          }
          break;
        case 2:
          bind(version, id);
          set.addBatch();
          int[] counts = set.executeBatch();
          expectOne(counts[0]);
          break;
        case 3:
          bind(version, id);
          expectOne(set.executeUpdate());
          break;
        default:
          try (Statement statement = connection.createStatement();
              ResultSet result = statement.executeQuery(text + " RETURNING version")) {
            expectOne(result.next() ? 1 : 0);
          }
          break;
      }
      journal.note("r" + id, version);
      journal.wrote(number, begin, System.nanoTime(), COMMITTED);
    } finally {
      registers.releaseRegister(id);
    }
  }

  private void registerInTransaction(Reads reads) throws SQLException {
    int id = random.nextInt(History.REGISTERS);
    boolean text = dialect == Dialect.SQLITE && random.nextBoolean();
    boolean commit = random.nextInt(3) != 0;
    long begin = System.nanoTime();
    long version = registers.drawRegister(id);
    try {
      begin(text);
      bind(version, id);
      expectOne(set.executeUpdate());
      if (reads.own(id) != version) {
        journal.note("r" + id, version);
        journal.wrote(number, begin, System.nanoTime(), "not-seen-inside");
      }
      end(text, commit);
      journal.note("r" + id, version);
      journal.wrote(number, begin, System.nanoTime(), commit ? COMMITTED : ROLLED_BACK);
    } finally {
      registers.releaseRegister(id);
    }
  }

  private void pair() throws SQLException {
    int id = random.nextInt(History.PAIRS);
    boolean commit = random.nextInt(3) != 0;
    long begin = System.nanoTime();
    long version = registers.drawPair(id);
    try {
      begin(false);
      for (int side = 0; side < 2; side++) {
        setPair.setLong(1, version);
        setPair.setInt(2, id);
        setPair.setInt(3, side);
        expectOne(setPair.executeUpdate());
      }
      end(false, commit);
      journal.note("p" + id, version);
      journal.note("q" + id, version);
      journal.wrote(number, begin, System.nanoTime(), commit ? COMMITTED : ROLLED_BACK);
    } finally {
      registers.releasePair(id);
    }
  }

  /** The sum of all accounts stays the same. Smaller numbers first: no deadlocks. */
  private void transfer() throws SQLException {
    int to = 1 + random.nextInt(History.ACCOUNTS - 1);
    int from = random.nextInt(to);
    int amount = random.nextInt(50) - 25;
    begin(false);
    update("UPDATE account SET balance = balance - " + amount + " WHERE id = " + from);
    update("UPDATE account SET balance = balance + " + amount + " WHERE id = " + to);
    end(false, random.nextInt(3) != 0);
  }

  private void update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      expectOne(statement.executeUpdate(sql));
    }
  }

  private void bind(long version, int id) throws SQLException {
    set.setLong(1, version);
    set.setInt(2, id);
  }

  private void begin(boolean text) throws SQLException {
    if (!text) {
      connection.setAutoCommit(false);
      return;
    }
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute("BEGIN IMMEDIATE");
    }
  }

  private void end(boolean text, boolean commit) throws SQLException {
    if (text) {
      try (Statement statement = connection.createStatement()) {
        boolean unused = statement.execute(commit ? "COMMIT" : "ROLLBACK");
      }
      return;
    }
    if (commit && random.nextInt(4) == 0) {
      // Commits by itself.
      connection.setAutoCommit(true);
      return;
    }
    if (commit) {
      connection.commit();
    } else {
      connection.rollback();
    }
    connection.setAutoCommit(true);
  }

  private static void expectOne(int count) throws SQLException {
    if (count != 1) {
      throw new SQLException(count + " rows instead of one");
    }
  }

  @Override
  public void close() throws SQLException {
    set.close();
    setPair.close();
  }
}
