package io.rwsplit.replication;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * One comparison of a replica with its master, in slices: each at a commit of its own, which both
 * show exactly, and so short that neither log grows for it. Pages first, then the rows of every
 * table as SQLite reads them. Used by one thread.
 *
 * <p>What a slice finds counts only if both sides were held to its end. A part of the database is
 * compared at the commit of its slice, so writers in between make no difference.
 */
final class ReplicaCheck {
  private static final int TRIES = 20;
  private static final long PIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long BETWEEN_MILLIS = 30;

  /**
   * A longer log of the master is let be reset before a comparison goes on: reading it takes time,
   * in which it grows. If something else keeps it from that, it is gone on with all the same.
   */
  private static final int LONG_LOG = 2000;

  private static final long RESET_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long RESET_LOOK_MILLIS = 20;

  private static final long PAUSE_MILLIS = 300;

  private final Capture capture;
  private final ReplicaFeed feed;
  private final ReplicaFile replica;
  private final SqliteConnections connections;
  private final CheckOptions options;
  private final CheckReport report;
  private final long deadline;

  private int nextPage = 1;
  private String table = "";
  private Object[] after;
  private boolean atTable;
  private long rowsDone;
  private String schema;
  private boolean done;

  ReplicaCheck(
      Capture capture,
      ReplicaFeed feed,
      ReplicaFile replica,
      SqliteConnections connections,
      CheckOptions options,
      long limitNanos) {
    this.capture = capture;
    this.feed = feed;
    this.replica = replica;
    this.connections = connections;
    this.options = options;
    this.report = new CheckReport(replica.name(), options.mostDifferences());
    this.deadline = System.nanoTime() + limitNanos;
    this.nextPage = options.pages() ? 1 : 0;
  }

  CheckReport run() {
    if (replica.delayNanos() > 0) {
      report.stopped("it is kept behind the master on purpose");
      return report;
    }
    int tries = 0;
    while (!done) {
      String absence = feed.absence();
      if (absence != null) {
        report.stopped(absence);
        return report;
      }
      if (options.isCancelled()) {
        report.stopped("it was cancelled");
        return report;
      }
      if (System.nanoTime() - deadline > 0) {
        report.stopped("its time is over");
        return report;
      }
      try {
        awaitShortLog();
        String failure = slice();
        tries = failure == null ? 0 : tries + 1;
        if (tries >= TRIES) {
          report.stopped(failure);
          return report;
        }
        Thread.sleep(failure == null ? BETWEEN_MILLIS : PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        report.stopped("it was interrupted");
        return report;
      }
    }
    return report;
  }

  private void awaitShortLog() throws InterruptedException {
    long patience = System.nanoTime() + RESET_NANOS;
    while (capture.samples().logFrames() > LONG_LOG
        && System.nanoTime() - patience < 0
        && System.nanoTime() - deadline < 0
        && !options.isCancelled()) {
      Thread.sleep(RESET_LOOK_MILLIS);
    }
  }

  /** One slice; null when it counts, else why it does not. */
  private String slice() throws InterruptedException {
    CheckReport found = new CheckReport(replica.name(), options.mostDifferences());
    Slice slice = new Slice(found);
    try (CheckPoint point = open()) {
      capture.joins().ask(point);
      String failure;
      try {
        failure = point.await(Math.min(PIN_NANOS, Math.max(1, deadline - System.nanoTime())));
      } finally {
        capture.joins().withdraw(point);
      }
      if (failure != null) {
        return failure;
      }
      try {
        slice.compare(point);
      } catch (SQLException | IOException | RuntimeException e) {
        return "it cannot be compared: " + e.getMessage();
      }
      if (!point.isIntact()) {
        return "master or replica were let go of meanwhile";
      }
    } catch (SQLException | IOException e) {
      return "it cannot be opened: " + e.getMessage();
    }
    slice.keep();
    report.add(found);
    return null;
  }

  private CheckPoint open() throws SQLException, IOException {
    Path path = MasterFile.real(replica.path());
    SqliteSession master = new SqliteSession(connections.openMaster());
    try {
      // The schema is read before the commit is held.
      master.text("SELECT count(*) FROM sqlite_master");
      feed.fed().requireInPlace();
      SqliteSession own = new SqliteSession(connections.openReplica(replica.index(), path));
      own.execute("PRAGMA query_only=1");
      return new CheckPoint(feed, master, own);
    } catch (SQLException | RuntimeException e) {
      master.close();
      throw e;
    }
  }

  /** Works at one commit, and moves the comparison on only when it is kept. */
  private final class Slice {
    private final CheckReport found;
    private int page = nextPage;
    private String name = table;
    private Object[] key = after;
    private boolean inTable = atTable;
    private String version;
    private boolean end;
    private int pages;

    Slice(CheckReport found) {
      this.found = found;
    }

    void compare(CheckPoint point) throws SQLException, IOException {
      long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(options.sliceMillis());
      version = SchemaComparison.version(point.masterSession());
      if (!version.equals(schema)) {
        SchemaComparison.compare(point.masterSession(), point.replicaSession(), found);
      }
      if (page != 0) {
        PageComparison comparison =
            new PageComparison(point.masterImage(), point.replicaImage(), found);
        pages = comparison.pages();
        page = comparison.compare(page, until);
      }
      if (page == 0 && options.rows()) {
        tables(point, until);
      } else {
        end = page == 0;
      }
    }

    private void tables(CheckPoint point, long until) throws SQLException {
      while (System.nanoTime() - until < 0) {
        boolean there = inTable && SchemaComparison.hasTable(point.masterSession(), name);
        if (!there) {
          String next = SchemaComparison.tableBehind(point.masterSession(), name);
          key = null;
          if (next == null) {
            end = true;
            return;
          }
          name = next;
        }
        inTable = !table(point, until);
      }
    }

    /** Compares the table on; true at its end. */
    private boolean table(CheckPoint point, long until) throws SQLException {
      RowComparison comparison = null;
      try {
        TableShape shape = TableShape.of(point.masterSession(), name);
        if (shape.key.isEmpty()) {
          found.note(name + ": its columns hide the rowid; only its pages were compared");
          return true;
        }
        if (!isOnReplica(point)) {
          return true;
        }
        if (key != null && key.length != shape.key.size()) {
          key = null;
        }
        comparison = new RowComparison(point.masterSession(), point.replicaSession(), shape, found);
        boolean over = comparison.compare(key, until);
        key = comparison.after();
        return over;
      } catch (SQLException e) {
        if (!point.isIntact()) {
          throw e;
        }
        found.note(name + ": only its pages were compared: " + e.getMessage());
        return true;
      }
    }

    private boolean isOnReplica(CheckPoint point) {
      try {
        return SchemaComparison.hasTable(point.replicaSession(), name);
      } catch (SQLException e) {
        // Found as a difference with the schema.
        return false;
      }
    }

    void keep() {
      if (page != 0 || pages != 0) {
        options.progress("page", page == 0 ? pages : page - 1, pages);
      }
      if (!name.isEmpty()) {
        rowsDone = name.equals(table) ? rowsDone : 0;
        rowsDone += found.rowsOfMaster(name);
        options.progress(name, rowsDone, 0);
      }
      nextPage = page;
      table = name;
      after = key;
      atTable = inTable;
      schema = version;
      done = end;
    }
  }
}
