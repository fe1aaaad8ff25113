package legacy.faults;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes and reads one number while it has filled the heap itself but for a few bytes, by chance so
 * many that memory ends here or there; then frees it, and goes on with another connection. Prints
 * what it could not have read on any database that keeps what was committed, and errors that lack
 * of memory does not explain. Reads on after it, until it is told {@code end}.
 *
 * <p>Arguments: JDBC URL, seed, rounds.
 */
public final class FullHeap {
  private static final int BLOCK = 1 << 16;
  private static final int SMALL = 256;
  private static final int MOST_SPARE = 400;

  private final String url;
  private final Random random;

  /** What the number may be: more than one after a write of which nothing is known. */
  private final Set<Integer> possible = new TreeSet<>();

  private Object[] held;
  private int newest;
  private int failed;
  private int passed;

  private FullHeap(String url, long seed) {
    this.url = url;
    this.random = new Random(seed);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    FullHeap heap = new FullHeap(args[0], Long.parseLong(args[1]));
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (id INTEGER PRIMARY KEY, v INTEGER)");
      statement.executeUpdate("INSERT INTO t VALUES (1, 0)");
      heap.possible.add(0);
    }
    // What a driver loads while there is no memory cannot be woven, and then nothing is routed.
    for (int i = 0; i < 10; i++) {
      heap.round(false);
    }
    System.out.println("begun");
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String unused = orders.readLine();
    for (int round = Integer.parseInt(args[2]); round > 0; round--) {
      heap.round();
    }
    System.err.println(heap.passed + " steps have passed, " + heap.failed + " have failed");
    System.out.println("freed");
    while (!orders.ready()) {
      heap.round(false);
    }
    System.out.println("ended");
  }

  private void round() throws SQLException {
    round(true);
  }

  private void round(boolean full) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      try {
        if (full) {
          fill();
        }
        for (int i = 0; i < 8; i++) {
          step(connection);
          passed++;
        }
      } catch (Throwable t) {
        held = null;
        failed(t);
        abandon(connection);
      } finally {
        held = null;
      }
    }
  }

  /** What a step has begun is undone, whatever it was. */
  private static void abandon(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  private void failed(Throwable thrown) {
    failed++;
    Throwable cause = thrown;
    while (!(cause instanceof OutOfMemoryError) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (!(cause instanceof OutOfMemoryError)) {
      System.out.println("failed: " + thrown);
      thrown.printStackTrace();
      return;
    }
    // Perhaps none: a JVM without memory has errors made in advance.
    for (StackTraceElement frame : cause.getStackTrace()) {
      String type = frame.getClassName();
      if (type.startsWith("io.rwsplit.") || type.startsWith("java.rwsplit.")) {
        System.out.println("the agent's: " + thrown);
        thrown.printStackTrace();
        return;
      }
      if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
        return;
      }
    }
  }

  private void fill() {
    Object[] blocks = new Object[1 << 14];
    held = new Object[MOST_SPARE];
    for (int i = 0; i < MOST_SPARE; i++) {
      held[i] = new byte[SMALL];
    }
    int spare = random.nextInt(MOST_SPARE);
    held[0] = blocks;
    int at = 0;
    for (int size = BLOCK; size >= SMALL / 4; ) {
      try {
        Object[] block = {blocks[at], new byte[size]};
        blocks[at] = block;
        at = (at + 1) & (blocks.length - 1);
      } catch (OutOfMemoryError e) {
        size /= 8;
      }
    }
    for (int i = 1; i <= spare && i < MOST_SPARE; i++) {
      held[i] = null;
    }
  }

  private void step(Connection connection) throws SQLException {
    switch (random.nextInt(4)) {
      case 0:
        write(connection);
        break;
      case 1:
        transaction(connection);
        break;
      case 2:
        try (PreparedStatement statement =
            connection.prepareStatement("SELECT v FROM t WHERE id = ?")) {
          statement.setInt(1, 1);
          read(statement.executeQuery());
        }
        break;
      default:
        try (Statement statement = connection.createStatement()) {
          statement.execute("SELECT v FROM t WHERE id = " + 1);
          read(statement.getResultSet());
        }
    }
  }

  private void write(Connection connection) throws SQLException {
    int next = ++newest;
    try (Statement statement = connection.createStatement()) {
      possible.add(next);
      statement.executeUpdate("UPDATE t SET v = " + next);
    }
    is(next);
  }

  private void transaction(Connection connection) throws SQLException {
    int next = ++newest;
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement("UPDATE t SET v = ?")) {
      statement.setInt(1, next);
      statement.executeUpdate();
    }
    possible.add(next);
    connection.commit();
    is(next);
    connection.setAutoCommit(true);
  }

  private void read(ResultSet rows) throws SQLException {
    int value;
    try (ResultSet closed = rows) {
      if (!closed.next()) {
        System.out.println("no row");
        return;
      }
      value = closed.getInt(1);
    }
    if (!possible.contains(value)) {
      System.out.println("read " + value + " of " + possible);
    }
    is(value);
  }

  /** In an order in which lack of memory forgets nothing. */
  private void is(int value) {
    possible.add(value);
    possible.removeIf(other -> other != value);
  }
}
