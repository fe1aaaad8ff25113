package io.rwsplit.catalog;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the functions and views of the master's database, and so which reads are none.
 *
 * <p>Read in the background on a connection of our own. Until that is done, and again after a
 * change of the schema was seen, every read that names a table or an unknown function is the
 * master's; what other programs change is seen within {@link #LIFE_NANOS}. Thread-safe.
 */
public final class Catalog {
  private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

  /** How old an answer may become, in nanoseconds, before it is asked for again. */
  static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** After a failure it is asked again no sooner than this. */
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Opens a connection to the master that routing does not touch. */
  public interface Opener {
    /** Never null. */
    Connection open() throws SQLException;
  }

  private final Engine engine;
  private final SqlClassifier classifier;
  private final Opener opener;
  private final Executor executor;
  private final AtomicBoolean asking = new AtomicBoolean();
  private final AtomicLong changes = new AtomicLong();
  private volatile CatalogSnapshot snapshot;
  private volatile long snapshotChanges = -1;
  private volatile long askedNanos;

  /** The last attempt failed; used by the one thread that asks. */
  private volatile boolean failing;

  /** Asks for nothing yet. {@code executor} must not run its tasks on the caller's thread. */
  public Catalog(Engine engine, SqlClassifier classifier, Opener opener, Executor executor) {
    this.engine = engine;
    this.classifier = classifier;
    this.opener = opener;
    this.executor = executor;
  }

  /** The schema may have changed: what is known of it holds no longer. */
  public void changed() {
    changes.incrementAndGet();
    refresh();
  }

  /** What the statement is, with all that is known of its functions and views. Never blocks. */
  public Classification resolve(Classification statement) {
    if (!statement.isRead() && statement.ifPure() == null) {
      return statement;
    }
    CatalogSnapshot known = snapshot;
    boolean current = known != null && snapshotChanges == changes.get();
    if (!current || System.nanoTime() - askedNanos > LIFE_NANOS) {
      refresh();
    }
    if (current) {
      return known.resolve(statement);
    }
    boolean plain = statement.isRead() && statement.names().isEmpty();
    return plain || !statement.isRead()
        ? statement
        : statement.refused(Reason.CLASSIFYING, "its views");
  }

  /** Asks again, in the background, unless that is under way or has just failed. */
  public void refresh() {
    boolean early = snapshotChanges != changes.get() && System.nanoTime() - askedNanos < 0;
    if (early || !asking.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::ask);
    } catch (RuntimeException e) {
      asking.set(false);
      throw e;
    }
  }

  private void ask() {
    long seen;
    boolean answered;
    do {
      seen = changes.get();
      answered = asked(seen);
    } while (answered && seen != changes.get());
    asking.set(false);
  }

  private boolean asked(long seen) {
    try (Connection connection = opener.open()) {
      snapshot = new CatalogSnapshot(CatalogRows.read(engine, connection), classifier);
      snapshotChanges = seen;
      askedNanos = System.nanoTime();
      if (failing) {
        failing = false;
        LOG.info("the master's catalog can be read again");
      }
      return true;
    } catch (SQLException | RuntimeException e) {
      // what needs an answer stays with the master, and the next such statement asks again
      askedNanos = System.nanoTime() + RETRY_NANOS;
      if (!failing) {
        failing = true;
        LOG.warn(
            "the master's catalog cannot be read; reads stay with the master: {}", e.toString());
      }
      return false;
    }
  }
}
