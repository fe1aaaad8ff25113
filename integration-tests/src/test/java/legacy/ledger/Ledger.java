package legacy.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A book-keeping application in plain JDBC: tellers transfer money and note events, auditors check
 * the books on every read, a caretaker changes the schema now and then.
 *
 * <p>It prints {@code ack <table> <id>} after a commit has returned, {@code violation …} for books
 * that do not balance, {@code failed …} for an unexpected exception. Commands come by standard
 * input: {@code pause}, {@code resume}, {@code put <id>}, {@code sql <text>}, {@code return},
 * {@code exit}.
 */
public final class Ledger {
  /** Ids of one run lie between {@code run} times this and the next run's. */
  public static final long RUN = 10_000_000L;

  final String url;
  final long run;
  final long seed;
  final boolean scans;
  private final int rest;
  final AtomicLong transfers = new AtomicLong();
  final AtomicLong audits = new AtomicLong();
  final AtomicLong busy = new AtomicLong();

  private final Map<String, String> options;
  private final CountDownLatch audited = new CountDownLatch(1);
  private final Object gate = new Object();
  private final AtomicInteger working = new AtomicInteger();
  private boolean paused;

  @SuppressWarnings("unused")
  private Connection kept;

  private volatile boolean ended;

  private Ledger(Map<String, String> options) {
    this.options = options;
    this.url = options.get("url");
    this.run = number("run", 1);
    this.seed = number("seed", 1);
    this.scans = number("scans", 1) == 1;
    this.rest = number("rest", 0);
  }

  /**
   * Arguments are {@code name=value}: url, run, seed, tellers, auditors, caretaker, paused, scans
   * (results of many pages), keep (one connection is open all the time, as in a pool: the log
   * outlives pauses), rest (milliseconds after each piece of work), leak (see {@link Leak}), newest
   * (see {@link Archivist}; 0 for all).
   */
  public static void main(String[] args) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      options.put(arg.substring(0, equals), arg.substring(equals + 1));
    }
    new Ledger(options).open();
  }

  private int number(String name, int unless) {
    return Integer.parseInt(options.getOrDefault(name, Integer.toString(unless)));
  }

  private void open() throws Exception {
    paused = number("paused", 0) == 1;
    if (number("keep", 0) == 1) {
      kept = connect();
      try (Statement statement = kept.createStatement()) {
        // A connection that has read nothing does not hold the log.
        statement.execute("PRAGMA user_version");
      }
    }
    Books.create(this);
    print("open");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < number("tellers", 3); i++) {
      threads.add(new Thread(new Teller(this, i), "teller-" + i));
    }
    for (int i = 0; i < number("auditors", 3); i++) {
      threads.add(new Thread(new Auditor(this, i), "auditor-" + i));
    }
    if (number("caretaker", 0) == 1) {
      threads.add(new Thread(new Caretaker(this), "caretaker"));
    }
    if (number("newest", 0) > 0) {
      threads.add(new Thread(new Archivist(this, number("newest", 0)), "archivist"));
    }
    leak(options.getOrDefault("leak", "none"));
    for (Thread thread : threads) {
      thread.setDaemon(true);
      thread.start();
    }
    audited.await();
    print("ready");
    obey();
    ended = true;
    synchronized (gate) {
      gate.notifyAll();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    print("closed after " + audits + " audits, " + transfers + " transfers, " + busy + " busy");
  }

  private static void leak(String what) {
    if (!what.equals("none")) {
      Thread thread = new Thread(new Leak(what), "leak");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** The modest do not work without a pause. */
  void rest() throws InterruptedException {
    if (rest > 0) {
      Thread.sleep(rest);
    }
  }

  private static long heapAfterGc() {
    System.gc();
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private void obey() throws IOException, InterruptedException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ", 2);
      switch (words[0]) {
        case "pause" -> {
          pause();
          print("paused");
        }
        case "resume" -> {
          synchronized (gate) {
            paused = false;
            gate.notifyAll();
          }
        }
        case "put" -> put(Long.parseLong(words[1]));
        case "sql" -> print("value " + value(words[1]));
        case "counts" -> print("counts " + audits + " " + transfers);
        case "heap" -> print("heap " + heapAfterGc());
        case "exit" -> System.exit(0);
        default -> {
          return;
        }
      }
    }
  }

  private void pause() throws InterruptedException {
    synchronized (gate) {
      paused = true;
      while (working.get() > 0) {
        gate.wait(10);
      }
    }
  }

  private void put(long id) {
    while (true) {
      try (Connection connection = connect()) {
        Teller.note(connection, id);
        print("ack events " + id);
        return;
      } catch (SQLException e) {
        if (!isBusy(e)) {
          failed("put", e);
          return;
        }
      }
    }
  }

  private String value(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      StringBuilder values = new StringBuilder();
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              values.append(values.length() == 0 ? "" : "|").append(rows.getString(i));
            }
          }
        }
      }
      return values.toString();
    } catch (SQLException e) {
      return e.getClass().getName() + " " + e.getErrorCode() + " " + e.getMessage();
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url);
  }

  /** Before each piece of work that writes: waits while paused; false at the end. */
  boolean enter() {
    synchronized (gate) {
      while (paused && !ended) {
        try {
          gate.wait();
        } catch (InterruptedException e) {
          return false;
        }
      }
      if (!ended) {
        working.incrementAndGet();
      }
      return !ended;
    }
  }

  void leave() {
    working.decrementAndGet();
  }

  boolean isEnded() {
    return ended;
  }

  void audited() {
    audits.incrementAndGet();
    audited.countDown();
  }

  /** SQLITE_BUSY and SQLITE_LOCKED: somebody else is writing, which is nobody's fault. */
  static boolean isBusy(SQLException e) {
    int primary = e.getErrorCode() & 0xff;
    return primary == 5 || primary == 6;
  }

  void failed(String what, SQLException e) {
    print("failed " + what + ": " + e.getClass().getName() + " " + e.getErrorCode() + " " + e);
    for (StackTraceElement frame : e.getStackTrace()) {
      if (frame.getMethodName().equals("next") || frame.getClassName().startsWith("legacy")) {
        print("  at " + frame);
      }
    }
  }

  static void print(String line) {
    synchronized (Ledger.class) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
