package legacy.pools;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** What an application does with one pool, on a table of its own; prints what it sees. */
final class Visit {
  /** Results left open at return; more than a replica has connections. */
  private static final int LEFT = 40;

  private static final int ROWS = 20;

  private final String name;
  private final Source source;
  private final String table;

  /**
   * An open result has to be read to its end. SQLite's keeps its connection from writing; H2's may
   * have rows on the server, so that it keeps a replica connection as long as a pool's cache of
   * statements keeps it.
   */
  private final boolean toTheEnd;

  /** Its replication knows of rows only, so that the table is there. */
  private final boolean replicated;

  Visit(String name, Source source, Target target) {
    this.name = name;
    this.source = source;
    this.toTheEnd = target.is("sqlite") || target.is("h2");
    this.replicated = target.url.startsWith("jdbc:h2:tcp:");
    this.table = "t_" + name;
  }

  void setUp() throws SQLException {
    try (Connection connection = source.borrow();
        Statement statement = connection.createStatement()) {
      if (replicated) {
        statement.executeUpdate("DELETE FROM " + table);
      } else {
        statement.executeUpdate("DROP TABLE IF EXISTS " + table);
        statement.executeUpdate(
            "CREATE TABLE " + table + " (id INT PRIMARY KEY, v INT, name VARCHAR(20))");
      }
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO " + table + " VALUES (?, ?, ?)")) {
        for (int i = 0; i < ROWS; i++) {
          insert.setInt(1, i);
          insert.setInt(2, 0);
          insert.setString(3, "row " + i);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
  }

  /** A read whose result nobody looks at. */
  void warm() throws SQLException {
    try (Connection connection = source.borrow();
        Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT id AS warm FROM " + table).close();
    }
  }

  void tour() throws Exception {
    say("reads", this::reads);
    say("writes", this::writes);
    say("execute", this::execute);
    say("transaction", this::transaction);
    say("open at return", this::openAtReturn);
    say("uncommitted at return", this::uncommittedAtReturn);
    if (name.equals("xa")) {
      say("distributed", this::distributed);
    }
  }

  private interface Part {
    String run() throws Exception;
  }

  private void say(String what, Part part) throws Exception {
    String outcome;
    try {
      outcome = part.run();
    } catch (SQLException e) {
      outcome = e.getClass().getName() + " " + e.getSQLState();
    }
    System.out.println(name + " " + what + ": " + outcome);
  }

  private String reads() throws SQLException {
    StringBuilder seen = new StringBuilder();
    try (Connection connection = source.borrow();
        Statement statement = connection.createStatement();
        ResultSet all =
            statement.executeQuery("SELECT id, name FROM " + table + " WHERE id < 3 ORDER BY id")) {
      seen.append(all.getStatement() == statement ? "own " : "other ");
      while (all.next()) {
        seen.append(all.getInt(1)).append('=').append(all.getString("name")).append(' ');
      }
    }
    return seen.toString();
  }

  private String writes() throws SQLException {
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      try (Connection connection = source.borrow();
          PreparedStatement update =
              connection.prepareStatement("UPDATE " + table + " SET v = v + ? WHERE id = 1");
          PreparedStatement read =
              connection.prepareStatement("SELECT v FROM " + table + " WHERE id = ?")) {
        update.setInt(1, 7);
        seen.append(update.executeUpdate()).append(':');
        read.setInt(1, 1);
        seen.append(first(read.executeQuery())).append(' ');
      }
      try (Connection connection = source.borrow()) {
        seen.append(count(connection)).append(' ');
      }
    }
    return seen.toString();
  }

  private String execute() throws SQLException {
    StringBuilder seen = new StringBuilder();
    try (Connection connection = source.borrow();
        Statement statement = connection.createStatement()) {
      seen.append(statement.execute("SELECT name FROM " + table + " WHERE id = 2"));
      seen.append(first(statement.getResultSet())).append(statement.getMoreResults());
      seen.append(statement.getUpdateCount());
      seen.append(statement.execute("UPDATE " + table + " SET v = 5 WHERE id = 2"));
      seen.append(statement.getUpdateCount());
      try (PreparedStatement read =
          connection.prepareStatement("SELECT v FROM " + table + " WHERE id = 2")) {
        seen.append(read.execute()).append(first(read.getResultSet()));
      }
    }
    return seen.toString();
  }

  private String transaction() throws SQLException {
    StringBuilder seen = new StringBuilder();
    for (boolean commit : new boolean[] {false, true}) {
      try (Connection connection = source.borrow()) {
        connection.setAutoCommit(false);
        insert(connection, commit ? 101 : 100);
        seen.append(count(connection)).append(' ');
        if (commit) {
          connection.commit();
        } else {
          connection.rollback();
        }
        connection.setAutoCommit(true);
        seen.append(count(connection)).append(' ');
      }
    }
    return seen.toString();
  }

  /** Neither result nor statement is closed; what is still there after the return differs. */
  private String openAtReturn() throws SQLException {
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < LEFT; i++) {
      Connection connection = source.borrow();
      ResultSet left;
      if (i % 2 == 0) {
        PreparedStatement read =
            connection.prepareStatement("SELECT name FROM " + table + " WHERE id >= ? ORDER BY id");
        read.setInt(1, i % 10);
        left = read.executeQuery();
      } else {
        left =
            connection
                .createStatement()
                .executeQuery("SELECT name FROM " + table + " ORDER BY id DESC");
      }
      left.next();
      seen.append(i < 4 ? left.getString(1) + " " : "");
      while (toTheEnd && left.next()) {
        seen.append(left.getString(1).length());
      }
      connection.close();
      seen.append(i < 4 ? after(left) + " " : "");
    }
    return seen.toString();
  }

  private static String after(ResultSet left) {
    try {
      return left.isClosed() + (left.next() ? left.getString(1) : "-");
    } catch (SQLException e) {
      return "closed";
    }
  }

  private String uncommittedAtReturn() throws SQLException {
    StringBuilder seen = new StringBuilder();
    try (Connection connection = source.borrow()) {
      connection.setAutoCommit(false);
      insert(connection, 200);
      if (name.equals("bonecp") || name.equals("pooled") || name.equals("xa")) {
        // Those hand a connection on as it was returned.
        connection.rollback();
        connection.setAutoCommit(true);
      }
    }
    for (int i = 0; i < 3; i++) {
      try (Connection connection = source.borrow()) {
        seen.append(connection.getAutoCommit()).append(count(connection)).append(' ');
      }
    }
    return seen.toString();
  }

  private String distributed() throws Exception {
    StringBuilder seen = new StringBuilder();
    for (int i = 0; i < 2; i++) {
      XAConnection physical = (XAConnection) ((KeptPool) source).physical();
      XAResource resource = physical.getXAResource();
      Xid xid = new Branch(i);
      try (Connection connection = physical.getConnection()) {
        resource.start(xid, XAResource.TMNOFLAGS);
        insert(connection, 300 + i);
        seen.append(count(connection)).append(' ');
        resource.end(xid, XAResource.TMSUCCESS);
        if (i == 0) {
          resource.rollback(xid);
        } else {
          resource.commit(xid, true);
        }
        seen.append(count(connection)).append(' ');
      }
    }
    return seen.toString();
  }

  /** Borrows and returns, with two threads. */
  void cycle(int from, int cycles) throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      int row = 10 + t;
      Thread thread =
          new Thread(
              () -> {
                try {
                  for (int i = from; i < from + cycles / 2; i++) {
                    once(row, i);
                  }
                } catch (Throwable e) {
                  synchronized (failures) {
                    failures.add(e);
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(name, failures.get(0));
    }
  }

  private void once(int row, int cycle) throws SQLException {
    try (Connection connection = source.borrow()) {
      if (cycle % 50 == 0) {
        try (PreparedStatement update =
            connection.prepareStatement("UPDATE " + table + " SET v = v + 1 WHERE id = ?")) {
          update.setInt(1, row);
          update.executeUpdate();
        }
      }
      try (PreparedStatement read =
          connection.prepareStatement("SELECT v, name FROM " + table + " WHERE id = ?")) {
        read.setInt(1, row);
        try (ResultSet result = read.executeQuery()) {
          if (!result.next() || result.getInt(1) != cycle / 50 + 1) {
            throw new SQLException("row " + row + " in cycle " + cycle);
          }
        }
      }
    }
  }

  /** What the table holds in the end. */
  void end() throws Exception {
    say(
        "sum",
        () -> {
          try (Connection connection = source.borrow();
              Statement statement = connection.createStatement()) {
            return first(statement.executeQuery("SELECT SUM(v) FROM " + table));
          }
        });
  }

  private void insert(Connection connection, int id) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO " + table + " VALUES (" + id + ", 1, 'x')");
    }
  }

  private String count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return first(statement.executeQuery("SELECT COUNT(*) FROM " + table));
    }
  }

  private static String first(ResultSet result) throws SQLException {
    try (ResultSet closed = result) {
      return closed.next() ? closed.getString(1) : "none";
    }
  }
}
