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
  private final PreparedStatement setBoth;
  private final PreparedStatement setReturning;

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
    setBoth = connection.prepareStatement("UPDATE pair SET version = ? WHERE id = ?");
    setReturning =
        dialect.returning == null ? null : connection.prepareStatement(dialect.returning);
  }

  void any(Reads reads) throws SQLException {
    switch (random.nextInt(5)) {
      case 0:
        pair();
        break;
      case 1:
        transfer();
        break;
      case 2:
        registerInTransaction(reads);
        break;
      case 3:
        bothSides();
        break;
      default:
        register();
        break;
    }
  }

  /** In autocommit mode. */
  private void register() throws SQLException {
    int id = registers.any(random, History.REGISTERS);
    long begin = System.nanoTime();
    long version = registers.drawRegister(id);
    try {
      setRegister(id, version);
      journal.note("r" + id, version);
      journal.wrote(number, begin, System.nanoTime(), COMMITTED);
    } finally {
      registers.releaseRegister(id);
    }
  }

  /** By one statement, of any form. */
  private void setRegister(int id, long version) throws SQLException {
    String text = "UPDATE register SET version = " + version + " WHERE id = " + id;
    switch (random.nextInt(dialect.returning == null ? 6 : 8)) {
      case 0:
        update(text);
        break;
      case 1:
        try (Statement statement = connection.createStatement()) {
          boolean unused = statement.execute(text);
        }
        break;
      case 2:
        try (Statement statement = connection.createStatement()) {
          statement.addBatch(text);
          expectOne(statement.executeBatch()[0]);
        }
        break;
      case 3:
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
          bind(set, version, id);
          set.addBatch();
        }
        expectDone(set.executeBatch());
        break;
      case 4:
        bind(set, version, id);
        expectOne(set.executeUpdate());
        break;
      case 5:
        bind(set, version, id);
        if (set.execute()) {
          throw new SQLException("a result");
        }
        expectOne(set.getUpdateCount());
        break;
      case 6:
        bind(setReturning, version, id);
        expectReturned(setReturning.executeQuery(), version);
        break;
      default:
        String returning =
            dialect
                .returning
                .replaceFirst("\\?", String.valueOf(version))
                .replaceFirst("\\?", String.valueOf(id));
        try (Statement statement = connection.createStatement()) {
          if (!statement.execute(returning)) {
            throw new SQLException("no result");
          }
          expectReturned(statement.getResultSet(), version);
        }
        break;
    }
  }

  private void registerInTransaction(Reads reads) throws SQLException {
    int id = registers.any(random, History.REGISTERS);
    boolean text = random.nextBoolean();
    boolean commit = random.nextInt(3) != 0;
    // SQLite's would have to wait for the lock before they read.
    boolean readsFirst = dialect.isServer() && random.nextBoolean();
    if (readsFirst) {
      begin(text);
      reads.several(dialect.isSnapshotByDefault(), "before-write");
    }
    long begin = System.nanoTime();
    long version = registers.drawRegister(id);
    try {
      if (!readsFirst) {
        begin(text);
      }
      setRegister(id, version);
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
    int id = registers.any(random, History.PAIRS);
    boolean commit = random.nextInt(3) != 0;
    long begin = System.nanoTime();
    long version = registers.drawPair(id);
    try {
      begin(false);
      boolean batch = random.nextBoolean();
      for (int side = 0; side < 2; side++) {
        bind(setPair, version, id);
        setPair.setInt(3, side);
        if (batch) {
          setPair.addBatch();
        } else {
          expectOne(setPair.executeUpdate());
        }
      }
      if (batch) {
        expectDone(setPair.executeBatch());
      }
      end(false, commit);
      journal.note("p" + id, version);
      journal.note("q" + id, version);
      journal.wrote(number, begin, System.nanoTime(), commit ? COMMITTED : ROLLED_BACK);
    } finally {
      registers.releasePair(id);
    }
  }

  /** Both sides of a pair in autocommit mode. */
  private void bothSides() throws SQLException {
    int id = registers.any(random, History.PAIRS);
    long begin = System.nanoTime();
    long version = registers.drawPair(id);
    try {
      bind(setBoth, version, id);
      if (setBoth.executeUpdate() != 2) {
        throw new SQLException("not both sides");
      }
      journal.note("p" + id, version);
      journal.note("q" + id, version);
      journal.wrote(number, begin, System.nanoTime(), COMMITTED);
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

  private static void bind(PreparedStatement statement, long version, int id) throws SQLException {
    statement.setLong(1, version);
    statement.setInt(2, id);
  }

  private void begin(boolean text) throws SQLException {
    if (!text) {
      connection.setAutoCommit(false);
      return;
    }
    try (Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(dialect.beginWrite);
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

  private static void expectReturned(ResultSet result, long version) throws SQLException {
    try (ResultSet rows = result) {
      if (!rows.next() || rows.getLong(1) != version) {
        throw new SQLException("another version returned");
      }
    }
  }

  /** MariaDB's driver may not tell how many rows each row of a batch has changed. */
  private static void expectDone(int[] counts) throws SQLException {
    for (int count : counts) {
      if (count != Statement.SUCCESS_NO_INFO) {
        expectOne(count);
      }
    }
  }

  private static void expectOne(int count) throws SQLException {
    // sqlite-jdbc counts the rows that triggers and foreign keys have changed, too.
    if (count != 1 && !(History.LINKED && count == 3)) {
      throw new SQLException(count + " rows instead of one");
    }
  }

  @Override
  public void close() throws SQLException {
    set.close();
    setPair.close();
    setBoth.close();
    if (setReturning != null) {
      setReturning.close();
    }
  }
}
