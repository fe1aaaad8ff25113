package io.rwsplit.jdbc;

import io.rwsplit.catalog.Catalog;
import io.rwsplit.catalog.CatalogSnapshot;
import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Pin;
import io.rwsplit.sql.SessionText;
import io.rwsplit.sql.SqlClassifier;
import java.util.HashSet;
import java.util.Set;

/**
 * What functions, procedures and triggers of the database have left in one session: settings,
 * temporary tables, locks, of which no text of the application's tells. Such a session stays on the
 * master. What ran while the catalog was not known is judged as soon as it is, and until then no
 * read leaves.
 *
 * <p>Thread-safe.
 */
final class LeftBehind {
  /** So many names wait for the catalog at most. */
  private static final int MAX_NAMES = 5000;

  private final Catalog catalog;
  private final SqlClassifier classifier;
  private final SessionState session;

  /** True while something has run that is not judged yet. */
  private volatile boolean undecided;

  /** Grows with each thing that has run. Written under this. */
  private volatile int kept;

  /** Guarded by this, like all that follows: what was named in it. */
  private final Set<String> names = new HashSet<>();

  private final Set<String> called = new HashSet<>();

  /** Something ran of which no names are known. */
  private boolean any;

  private boolean failed;

  LeftBehind(Catalog catalog, SqlClassifier classifier, SessionState session) {
    this.catalog = catalog;
    this.classifier = classifier;
    this.session = session;
  }

  /**
   * The master has run a statement.
   *
   * @param sql its text; null when that is not known any more
   */
  void ran(Classification statement, String sql, boolean succeeded) {
    if (statement.isRead() || statement.kind().isTransactionControl()) {
      return;
    }
    CatalogSnapshot newest = catalog.newest();
    boolean holds = newest != null && catalog.current() != null;
    if (holds && succeeded && newest.leavesNothing() && !mayCall(statement)) {
      return;
    }
    SessionText text = classifier.sessionText(statement, sql);
    if (text == null) {
      return;
    }
    boolean left = text.changes() || (newest != null && newest.mayLeave(text.names(), !succeeded));
    if (left || (holds && !newest.knowsProcedures(text.called()))) {
      session.pin(Pin.ANY, "a function");
    } else if (!holds) {
      keep(text, !succeeded);
    }
  }

  /** Something was written past the statements of JDBC: triggers may have run. */
  void ranUnseen() {
    CatalogSnapshot known = catalog.current();
    if (known == null) {
      synchronized (this) {
        any = true;
        undecided = true;
        grow();
      }
    } else if (known.mayLeave(null, false)) {
      session.pin(Pin.ANY, "a function");
    }
  }

  private static boolean mayCall(Classification statement) {
    switch (statement.kind()) {
      case CALL:
        return true;
      case MULTI:
        for (Classification part : statement.parts()) {
          if (mayCall(part)) {
            return true;
          }
        }
        return false;
      default:
        return false;
    }
  }

  private synchronized void keep(SessionText text, boolean hasFailed) {
    // In this order: whatever fails here, what ran is not forgotten.
    undecided = true;
    grow();
    failed |= hasFailed;
    boolean full = any || text.names() == null || names.size() > MAX_NAMES;
    any = true;
    called.addAll(text.called());
    if (!full) {
      names.addAll(text.names());
      any = false;
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // under this
  private void grow() {
    kept++;
  }

  /** True when something has run that was not judged yet. One volatile read. */
  boolean isUndecided() {
    return undecided;
  }

  /** Judges it, if the catalog is known; false when it is not. Never blocks. */
  boolean decide() {
    int seen = kept;
    CatalogSnapshot known = catalog.current();
    if (known == null) {
      return false;
    }
    synchronized (this) {
      if (seen != kept) {
        // Another thread has run something since, which this may not know.
        return false;
      }
      if (known.mayLeave(any ? null : names, failed) || !known.knowsProcedures(called)) {
        session.pin(Pin.ANY, "a function");
      }
      names.clear();
      called.clear();
      any = false;
      failed = false;
      undecided = false;
      return true;
    }
  }
}
