package legacy.ledger;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the ledger's replicas from a process of its own, without a pause and without knowing who
 * feeds them: the books balance in every read, a session never goes back, the file is sound.
 *
 * <p>Arguments: a seed, and the files. Prints {@code saw <file's index> <n> <chain>} from time to
 * time, {@code violation …}, {@code failed …}; their number for a line {@code reads} of input, and
 * {@code watched …} at the end, which any other line is.
 *
 * <p>A session is a connection; it begins anew when the file was replaced, as in any application
 * that is told so. What a connection reads that was opened while that happened counts for nothing.
 * A quarter of the sessions attach the file to another database.
 */
public final class Watcher {
  private static final String BOOKS =
      "SELECT c.n, c.moved, (SELECT chain FROM journal WHERE n = c.n), (SELECT max(n) FROM journal),"
          + " (SELECT sum(balance) FROM accounts), (SELECT count(*) FROM transfers),"
          + " (SELECT coalesce(sum(amount), 0) FROM transfers) FROM counters c";
  private static final int CANTOPEN = 14;
  private static final int READONLY = 8;

  private static final AtomicLong READS = new AtomicLong();
  private static final AtomicLong CHECKS = new AtomicLong();
  private static final AtomicLong SESSIONS = new AtomicLong();
  private static final AtomicLong BUSY = new AtomicLong();

  private static volatile boolean ended;

  /** The master is put back to an older state meanwhile. */
  private static boolean rewinds;

  private final int index;
  private final File file;
  private final Random random;
  private long newest = -1;
  private long told = -1;

  private Watcher(int index, File file, long seed) {
    this.index = index;
    this.file = file;
    this.random = new Random(seed + index);
  }

  public static void main(String[] args) throws Exception {
    rewinds = Boolean.getBoolean("rewinds");
    Thread[] threads = new Thread[args.length - 1];
    for (int i = 0; i < threads.length; i++) {
      Watcher watcher = new Watcher(i, new File(args[i + 1]), Long.parseLong(args[0]));
      threads[i] = new Thread(watcher::watch, "watcher-" + i);
      threads[i].start();
    }
    Ledger.print("ready");
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while ("reads".equals(commands.readLine())) {
      Ledger.print("reads " + READS);
    }
    ended = true;
    for (Thread thread : threads) {
      thread.join();
    }
    Ledger.print(
        "watched "
            + READS
            + " reads, "
            + CHECKS
            + " integrity checks, "
            + SESSIONS
            + " sessions, "
            + BUSY
            + " busy");
  }

  private void watch() {
    while (!ended) {
      Object before = identity();
      try {
        if (before == null) {
          Thread.sleep(2);
          continue;
        }
        session(before);
      } catch (SQLException e) {
        tolerate(e, before);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void session(Object before) throws SQLException, InterruptedException {
    // Half of the sessions could write; SQLite lets them recover and checkpoint the log then.
    String mode = random.nextBoolean() ? "?open_mode=1" : "?open_mode=2";
    boolean attached = random.nextInt(4) == 0;
    String url = "jdbc:sqlite:" + (attached ? ":memory:?open_mode=2" : file + mode);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 2000");
      if (attached) {
        statement.execute("ATTACH '" + file + "' AS replica");
      }
      statement.execute("PRAGMA query_only = 1");
      long[] first = read(statement);
      if (!before.equals(identity())) {
        return;
      }
      SESSIONS.incrementAndGet();
      check(first);
      int reads = 20 + random.nextInt(400);
      for (int i = 0; i < reads && !ended && before.equals(identity()); i++) {
        if (random.nextInt(60) == 0) {
          integrity(statement);
        } else {
          check(read(statement));
        }
        if (random.nextInt(4) == 0) {
          Thread.sleep(random.nextInt(6));
        }
      }
    }
  }

  /** Null while the tables are not there yet. */
  private static long[] read(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(BOOKS)) {
      if (!rows.next()) {
        return null;
      }
      long[] found = new long[7];
      for (int i = 0; i < found.length; i++) {
        found[i] = rows.getLong(i + 1);
      }
      return found;
    }
  }

  private void check(long[] found) {
    READS.incrementAndGet();
    if (found == null) {
      return;
    }
    long n = found[0];
    if (found[3] != n || found[4] != Books.TOTAL || found[5] != n || found[6] != found[1]) {
      Ledger.print("violation replica " + index + ": " + java.util.Arrays.toString(found));
    }
    if (n < newest && !rewinds) {
      Ledger.print("violation replica " + index + " went back from " + newest + " to " + n);
    }
    newest = n;
    if (n > told + 20 || (n != told && random.nextInt(20) == 0)) {
      told = n;
      Ledger.print("saw " + index + " " + n + " " + found[2]);
    }
  }

  private void integrity(Statement statement) throws SQLException {
    CHECKS.incrementAndGet();
    try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      if (!rows.next() || !"ok".equals(rows.getString(1))) {
        Ledger.print("violation replica " + index + ": integrity_check says " + rows.getString(1));
      }
    }
  }

  /** What may be met without anybody's fault; all else is said. */
  private void tolerate(SQLException e, Object before) {
    int primary = e.getErrorCode() & 0xff;
    if (Ledger.isBusy(e)) {
      BUSY.incrementAndGet();
      return;
    }
    boolean young = newest < 0 && String.valueOf(e.getMessage()).contains("no such table");
    if (young || primary == CANTOPEN || primary == READONLY || !before.equals(identity())) {
      return;
    }
    Ledger.print("failed watcher of replica " + index + ": " + e.getErrorCode() + " " + e);
  }

  private Object identity() {
    try {
      return Files.readAttributes(file.toPath(), BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }
}
