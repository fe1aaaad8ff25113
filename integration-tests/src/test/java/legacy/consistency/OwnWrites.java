package legacy.consistency;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes a counter in every way JDBC has and reads it back at once, by the same connection, another
 * one, and a new one, among results that are open, read to the end or cut short. Prints the stale
 * reads.
 *
 * <p>Arguments: JDBC URL, seed, rounds.
 */
public final class OwnWrites {
  private static final int FORMS = 13;

  private final String url;
  private final Random random;
  private final List<ResultSet> open = new ArrayList<>();
  private Connection one;
  private Connection two;

  /** Without a BEGIN, though not in autocommit mode: the outermost savepoint switches that off. */
  private Connection saved;

  private PreparedStatement readOne;
  private PreparedStatement readTwo;
  private PreparedStatement write;
  private int value;
  private int stale;
  private int busy;

  private OwnWrites(String url, long seed) {
    this.url = url;
    this.random = new Random(seed);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    OwnWrites program = new OwnWrites(args[0], Long.parseLong(args[1]));
    program.run(Integer.parseInt(args[2]));
    System.out.println("stale reads: " + program.stale);
    System.out.println("busy writes: " + program.busy);
  }

  private void run(int rounds) throws Exception {
    one = DriverManager.getConnection(url);
    try (Statement statement = one.createStatement()) {
      statement.executeUpdate("PRAGMA journal_mode=WAL");
      statement.executeUpdate("DROP TABLE IF EXISTS counter");
      statement.executeUpdate("CREATE TABLE counter(id INTEGER PRIMARY KEY, v INTEGER)");
      statement.executeUpdate("INSERT INTO counter VALUES (1, 0), (2, 0), (3, 0)");
    }
    connect();
    for (int round = 0; round < rounds; round++) {
      int form = random.nextInt(FORMS);
      boolean schema = random.nextInt(40) == 0;
      writeUntilDone(form);
      int reads = random.nextInt(3) + 1;
      for (int i = 0; i < reads; i++) {
        check(round, form, random.nextInt(6));
      }
      if (schema) {
        changeSchema(round);
      }
      if (random.nextInt(3) == 0) {
        leaveOpen();
      }
      if (open.size() > 4 || random.nextInt(8) == 0) {
        closeOpen();
      }
      if (random.nextInt(4) == 0) {
        Thread.sleep(1);
      }
      if (random.nextInt(100) == 0) {
        connect();
      }
    }
    closeOpen();
    one.close();
    two.close();
    closeSaved();
  }

  private void closeSaved() throws SQLException {
    if (saved != null) {
      saved.close();
      saved = null;
    }
  }

  private void byCalls(String sql) throws SQLException {
    // Bare, an open result would hold the connection that reads at its snapshot.
    closeOpen();
    if (saved == null) {
      saved = DriverManager.getConnection(url);
    }
    Savepoint point = saved.setSavepoint();
    try (Statement statement = saved.createStatement()) {
      statement.executeUpdate(sql);
    }
    saved.releaseSavepoint(point);
  }

  private void connect() throws SQLException {
    closeOpen();
    if (two != null) {
      two.close();
    }
    if (readOne != null) {
      one.close();
      one = DriverManager.getConnection(url);
    }
    two = DriverManager.getConnection(url);
    readOne = one.prepareStatement("SELECT v FROM counter WHERE id = ?");
    readTwo = two.prepareStatement("SELECT v FROM counter WHERE id = ?");
    write = one.prepareStatement("UPDATE counter SET v = ?");
  }

  /** Busy is what a write below an open read may get, whoever else has the lock. */
  private void writeUntilDone(int form) throws SQLException {
    value++;
    while (true) {
      try {
        write(form);
        return;
      } catch (SQLException e) {
        SQLException first = e.getCause() instanceof SQLException ? (SQLException) e.getCause() : e;
        if (first.getErrorCode() != 5 && !String.valueOf(e.getMessage()).contains("SQLITE_BUSY")) {
          throw e;
        }
        busy++;
        closeOpen();
        closeSaved();
        endTransaction();
      }
    }
  }

  private void endTransaction() throws SQLException {
    if (!one.getAutoCommit()) {
      one.rollback();
      one.setAutoCommit(true);
      return;
    }
    try (Statement statement = one.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      write.clearBatch();
    }
  }

  private void write(int form) throws SQLException {
    String sql = "UPDATE counter SET v = " + value;
    try (Statement statement = one.createStatement()) {
      switch (form) {
        case 0:
          statement.executeUpdate(sql);
          break;
        case 1:
          statement.execute(sql);
          break;
        case 2:
          write.setInt(1, value);
          write.executeUpdate();
          break;
        case 3:
          write.setInt(1, value);
          write.execute();
          break;
        case 4:
          statement.addBatch("UPDATE counter SET v = -1");
          statement.addBatch(sql);
          statement.executeBatch();
          break;
        case 5:
          write.setInt(1, value);
          write.addBatch();
          write.executeBatch();
          break;
        case 6:
          one.setAutoCommit(false);
          statement.executeUpdate("UPDATE counter SET v = -2");
          statement.executeUpdate(sql);
          one.commit();
          one.setAutoCommit(true);
          break;
        case 7:
          statement.execute("BEGIN");
          statement.executeUpdate(sql);
          statement.execute("COMMIT");
          break;
        case 8:
          statement.execute("SAVEPOINT s");
          statement.executeUpdate(sql);
          statement.execute("RELEASE s");
          break;
        case 9:
          try (ResultSet result = statement.executeQuery(sql + " RETURNING id")) {
            while (result.next()) {
              result.getInt(1);
            }
          }
          break;
        case 10:
          statement.executeUpdate("UPDATE counter SET v = -3; " + sql);
          break;
        case 11:
          byCalls(sql);
          break;
        default:
          one.setAutoCommit(false);
          statement.executeUpdate(sql);
          one.setAutoCommit(true);
          break;
      }
    }
  }

  private void check(int round, int form, int reader) throws SQLException {
    int id = random.nextInt(3) + 1;
    int seen;
    switch (reader) {
      case 0:
        readOne.setInt(1, id);
        seen = only(readOne.executeQuery());
        break;
      case 1:
        // Bare, an open result would hold this connection at its snapshot.
        readTwo.setInt(1, id);
        seen = only(readTwo.executeQuery());
        break;
      case 2:
        readTwo.setInt(1, id);
        readTwo.execute();
        seen = only(readTwo.getResultSet());
        break;
      case 3:
        try (Connection three = DriverManager.getConnection(url);
            Statement statement = three.createStatement()) {
          seen = only(statement.executeQuery("SELECT v FROM counter WHERE id = " + id));
        }
        break;
      case 4:
        try (Statement statement = one.createStatement()) {
          seen = only(statement.executeQuery("SELECT MIN(v) FROM counter"));
        }
        break;
      default:
        try (Statement statement = one.createStatement()) {
          statement.setMaxRows(1);
          seen = only(statement.executeQuery("SELECT v FROM counter ORDER BY id + 0"));
        }
        break;
    }
    if (seen != value) {
      stale++;
      if (stale <= 20) {
        System.out.println(
            "stale in round "
                + round
                + ": write "
                + form
                + ", read "
                + reader
                + ": "
                + seen
                + " for "
                + value
                + ", "
                + open.size()
                + " open");
      }
    }
  }

  private static int only(ResultSet result) throws SQLException {
    try (ResultSet each = result) {
      return each.next() ? each.getInt(1) : Integer.MIN_VALUE;
    }
  }

  private void changeSchema(int round) throws SQLException {
    String name = "later" + round;
    try (Statement statement = two.createStatement()) {
      closeOpen();
      statement.executeUpdate("CREATE TABLE " + name + "(a)");
      if (random.nextInt(4) == 0) {
        statement.executeUpdate("VACUUM");
      }
      boolean there = exists(name);
      statement.executeUpdate("DROP TABLE " + name);
      if (!there || exists(name)) {
        stale++;
        System.out.println("stale schema in round " + round + ": " + there);
      }
    }
  }

  private boolean exists(String name) throws SQLException {
    try (Connection three = DriverManager.getConnection(url);
        Statement statement = three.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT name FROM sqlite_master WHERE name = '" + name + "'")) {
      return result.next();
    }
  }

  /** Results of the writing connection: on the bare driver they never hide its own writes. */
  private void leaveOpen() throws SQLException {
    Statement statement = one.createStatement();
    boolean cut = random.nextBoolean();
    if (cut) {
      statement.setMaxRows(1);
    }
    ResultSet result = statement.executeQuery("SELECT v, id FROM counter ORDER BY id + 0");
    int rows = random.nextInt(5);
    for (int i = 0; i < rows && result.next(); i++) {
      result.getInt(1);
    }
    open.add(result);
  }

  private void closeOpen() throws SQLException {
    for (ResultSet result : open) {
      result.getStatement().close();
    }
    open.clear();
  }
}
