package io.rwsplit.catalog;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the functions, views, tables and triggers of the master's database, and so which reads are
 * none and what a write touches.
 *
 * <p>Read in the background on a connection of our own. Until that is done, and again after this
 * JVM has changed the schema, nothing is known: every read that names a table or an unknown
 * function is the master's. What other programs change is seen when it is asked for again: while
 * statements come, after {@link #PAUSE_NANOS} ({@link #SQLITE_PAUSE_NANOS}), or after fifty times
 * what the last answer took, so that asking is 2 % of one connection's time at most, but after
 * {@link #MAX_PAUSE_NANOS} in any case.
 *
 * <p>Thread-safe.
 */
public final class Catalog {
  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

  /** Between two questions while statements come, in nanoseconds. */
  static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** SQLite has a number that tells whether anything has changed. */
  static final long SQLITE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  static final long MAX_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final int PAUSE_FACTOR = 50;

  /** An older answer holds no longer, unless the master cannot be asked. */
  static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** After a failure it is asked again no sooner than this. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The master is not ours to open yet. */
  private static final long EARLY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** Opens a connection to the master that routing does not touch. */
  public interface Opener {
    /** Null while the master must be left alone. */
    Connection open() throws SQLException;
  }

  /** What was found, and when. */
  private static final class Answer {
    final CatalogSnapshot snapshot;
    final CatalogRows rows;

    /** {@link #changes} before it was asked for. */
    final long changes;

    /** SQLite's schema cookie before it was asked for. */
    final long cookie;

    final long nanos;
    final long pause;

    Answer(
        CatalogSnapshot snapshot,
        CatalogRows rows,
        long changes,
        long cookie,
        long began,
        long leastPause) {
      this.snapshot = snapshot;
      this.rows = rows;
      this.changes = changes;
      this.cookie = cookie;
      this.nanos = began;
      long took = System.nanoTime() - began;
      this.pause = Math.min(MAX_PAUSE_NANOS, Math.max(leastPause, took * PAUSE_FACTOR));
    }
  }

  /**
   * Asks once, and lets the next one in: as a call, and when the JDK's task around it is done. One
   * of the two may fail before its first instruction, and then nothing would ever be known again.
   * No lambda: the first costs a starting JVM some 30 ms.
   */
  private final class Asking implements Callable<Void> {
    @Override
    public Void call() {
      try {
        ask();
      } finally {
        over();
      }
      return null;
    }

    void over() {
      boolean unused = asking.compareAndSet(this, null);
    }

    Runnable task() {
      return new FutureTask<Void>(this) {
        @Override
        protected void done() {
          over();
        }
      };
    }
  }

  private final Engine engine;
  private final SqlClassifier classifier;
  private final Opener opener;
  private final Executor executor;

  private final boolean relations;

  /** Who asks, or is about to; null while nobody does. */
  private final AtomicReference<Asking> asking = new AtomicReference<>();

  private final AtomicLong changes = new AtomicLong();

  /** Changes of the schema by this JVM that are under way, perhaps committed already. */
  private final AtomicInteger open = new AtomicInteger();

  private volatile Answer answer;
  private volatile long notBefore = System.nanoTime();
  private volatile boolean failing;

  /** Used by the one thread that asks. */
  private Connection kept;

  /**
   * Asks for nothing yet.
   *
   * @param executor must not run its tasks on the caller's thread
   * @param relations true when tables and what writing them touches are asked for, too
   */
  public Catalog(
      Engine engine,
      SqlClassifier classifier,
      Opener opener,
      Executor executor,
      boolean relations) {
    this.engine = engine;
    this.classifier = classifier;
    this.opener = opener;
    this.executor = executor;
    this.relations = relations;
  }

  /** A statement of this JVM that may change the schema is about to run. */
  public void changing() {
    open.incrementAndGet();
  }

  /**
   * The schema may have changed: what is known of it holds no longer.
   *
   * @param over false when more of it may become visible; true once for each {@link #changing}
   */
  public void changed(boolean over) {
    // In this order: between the two nobody takes an old answer for settled.
    changes.incrementAndGet();
    if (over) {
      open.decrementAndGet();
    }
    try {
      refresh();
    } catch (Throwable t) {
      // The count above must not be made twice; the next read asks.
      notBefore = System.nanoTime();
    }
  }

  /** What is known, and holds; else null. Never blocks. */
  public CatalogSnapshot current() {
    return current(System.nanoTime());
  }

  private CatalogSnapshot current(long now) {
    Answer known = answer;
    if (known == null || known.changes != changes.get()) {
      refresh();
      return null;
    }
    long age = now - known.nanos;
    if (age > known.pause) {
      refresh();
    }
    return age <= LIFE_NANOS || failing ? known.snapshot : null;
  }

  /**
   * What is known while no change of the schema is under way in this JVM; else null. If it is the
   * same before and after a statement, the statement met that schema, or one of another program's.
   */
  public CatalogSnapshot settled() {
    if (open.get() != 0) {
      return null;
    }
    CatalogSnapshot known = current();
    return failing || open.get() != 0 ? null : known;
  }

  /** What was known last, whether it holds or not; null when nothing was. */
  public CatalogSnapshot newest() {
    Answer known = answer;
    return known == null ? null : known.snapshot;
  }

  /** True when something is known. */
  public boolean isKnown() {
    return answer != null;
  }

  /** True when {@link #resolve} may make something else of the statement. */
  public static boolean isAskedOf(Classification statement) {
    return statement.isRead() || statement.ifPure() != null;
  }

  /**
   * What the statement is, with all that is known of its functions and views. Never blocks.
   *
   * @param now by {@link System#nanoTime()}; read by the caller, who needs it too
   */
  public Classification resolve(Classification statement, long now) {
    if (!isAskedOf(statement)) {
      return statement;
    }
    CatalogSnapshot known = current(now);
    if (known != null) {
      return known.resolve(statement);
    }
    if (!statement.isRead()) {
      // What a function leaves in its session does not change with each table.
      Answer before = answer;
      return before == null ? statement : before.snapshot.withSession(statement);
    }
    return statement.names().isEmpty()
        ? statement
        : statement.refused(Reason.CLASSIFYING, "its views");
  }

  /** Asks again, in the background, unless that is under way or has just failed. */
  public void refresh() {
    if (System.nanoTime() - notBefore < 0 || asking.get() != null) {
      return;
    }
    Asking next = new Asking();
    if (!asking.compareAndSet(null, next)) {
      return;
    }
    try {
      executor.execute(next.task());
    } catch (Throwable t) {
      // The JVM ends, or has no thread to give: what is not known is the master's, until it can be
      // asked again.
      asking.set(null);
      notBefore = System.nanoTime() + RETRY_NANOS;
    }
  }

  private void ask() {
    long seen;
    boolean answered;
    do {
      seen = changes.get();
      answered = asked(seen);
    } while (answered && seen != changes.get());
  }

  private boolean asked(long seen) {
    long began = System.nanoTime();
    try {
      boolean fresh = kept == null;
      Connection connection = fresh ? opener.open() : kept;
      if (connection == null) {
        notBefore = System.nanoTime() + EARLY_NANOS;
        return false;
      }
      kept = connection;
      try {
        read(connection, seen, began);
      } catch (SQLException e) {
        close();
        if (fresh) {
          throw e;
        }
        // The server may have closed it long ago.
        return asked(seen);
      }
      if (!engine.isServer()) {
        close();
      }
      if (failing) {
        failing = false;
        LOG.info("the master's catalog can be read again");
      }
      return true;
    } catch (Throwable e) {
      close();
      // what needs an answer stays with the master, and the next such statement asks again
      notBefore = System.nanoTime() + RETRY_NANOS;
      if (!failing) {
        failing = true;
        LOG.warn(
            "the master's catalog cannot be read; what is not known stays with the master: {}",
            e.toString());
      }
      return false;
    }
  }

  private void read(Connection connection, long seen, long began) throws SQLException {
    Answer before = answer;
    long cookie = engine == Engine.SQLITE ? cookie(connection) : 0;
    long least = engine == Engine.SQLITE ? SQLITE_PAUSE_NANOS : PAUSE_NANOS;
    CatalogRows rows;
    if (engine == Engine.SQLITE && before != null && before.cookie == cookie) {
      rows = before.rows;
    } else {
      rows = CatalogReader.read(engine, connection, relations);
    }
    CatalogSnapshot snapshot =
        before != null && !before.snapshot.isUndecided() && rows.isSameAs(before.rows)
            ? before.snapshot
            : new CatalogSnapshot(rows, classifier);
    answer = new Answer(snapshot, rows, seen, cookie, began, least);
  }

  private static long cookie(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA schema_version")) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  private void close() {
    Connection old = kept;
    kept = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        LOG.debug("closing the catalog's connection", e);
      }
    }
  }
}
