package io.rwsplit.jdbc;

import io.rwsplit.catalog.Catalog;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * Tells the catalog what one connection does to the schema: from before a statement that may change
 * it until that is visible to all, or undone. Thread-safe.
 */
final class SchemaWatch {
  private static final Pattern DATA_ONLY =
      Pattern.compile(
          "^(CREATE (UNLOGGED |UNIQUE )?(TABLE|INDEX|SEQUENCE|DATABASE|USER|ROLE)"
              + "|DROP (TABLE|INDEX|SEQUENCE)|TRUNCATE|ANALYZE|VACUUM|REINDEX|GRANT|REVOKE|COMMENT"
              + "|OPTIMIZE|CHECKPOINT)\\b",
          Pattern.CASE_INSENSITIVE);

  /** Makes, or unmakes, what a standby of PostgreSQL shows otherwise: a sequence, unlogged rows. */
  private static final Pattern UNLIKE =
      Pattern.compile(
          "\\b(UNLOGGED|SEQUENCE|(BIG|SMALL)?SERIAL[248]?|IDENTITY|INCLUDING)\\b",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ROWS_ONLY =
      Pattern.compile(
          "^(TRUNCATE|ANALYZE|VACUUM|REINDEX|COMMENT|OPTIMIZE|CHECKPOINT)\\b",
          Pattern.CASE_INSENSITIVE);

  private final Catalog catalog;

  /** DDL that makes no view and no function, and lets no table be read through one. */
  private final Pattern harmless;

  private final boolean relations;
  private final AtomicBoolean touched = new AtomicBoolean();

  /**
   * @param relations true when tables matter, and not only functions and views
   */
  SchemaWatch(Catalog catalog, boolean relations) {
    this.catalog = catalog;
    this.relations = relations;
    this.harmless = relations ? ROWS_ONLY : DATA_ONLY;
  }

  /** A statement is about to run, or has run in a batch. */
  void begins(Classification statement) {
    if (!touched.get() && mayChange(statement) && touched.compareAndSet(false, true)) {
      catalog.changing();
    }
  }

  /**
   * What was written has become visible.
   *
   * @param inTransaction true when more of it may wait for the end of a transaction
   */
  void becameVisible(boolean inTransaction) {
    if (inTransaction && touched.get()) {
      catalog.changed(false);
    } else if (touched.get() && touched.compareAndSet(true, false)) {
      boolean told = false;
      try {
        catalog.changed(true);
        told = true;
      } finally {
        if (!told) {
          // The next write tells: nothing would be known of the schema until then.
          touched.set(true);
        }
      }
    }
  }

  private boolean mayChange(Classification statement) {
    switch (statement.kind()) {
      case DDL:
        return statement.digest() == null
            || !harmless.matcher(statement.digest()).find()
            || UNLIKE.matcher(statement.digest()).find();
      case CALL:
        return true;
      case MULTI:
        for (Classification part : statement.parts()) {
          if (mayChange(part)) {
            return true;
          }
        }
        return statement.parts().isEmpty() && statement.mayWrite();
      case UNKNOWN:
        // A function of the application's own may hold DDL; none of the engine's does.
        return relations
            && statement.mayWrite()
            && statement.reason() != Reason.SIDE_EFFECT_FUNCTION
            && statement.reason() != Reason.CLASSIFYING;
      default:
        return false;
    }
  }
}
