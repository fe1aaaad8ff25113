package io.rwsplit.jdbc;

import io.rwsplit.catalog.Catalog;
import io.rwsplit.catalog.CatalogSnapshot;
import io.rwsplit.consistency.TableTickets;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.SqlClassifier;
import io.rwsplit.sql.StatementKind;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code rwsplit.consistency.by-table}: which tables reads can show and writes can touch, for all
 * connections of one group. Thread-safe; never blocks.
 */
final class TableScope {
  private static final int MAX_CACHED = 1024;

  /** Longer texts are examined each time. */
  private static final int MAX_CHARS = 1024;

  /** Answers that hold for one state of the schema. */
  private static final class Answers {
    final CatalogSnapshot snapshot;
    final ConcurrentHashMap<String, Optional<Set<String>>> writes = new ConcurrentHashMap<>();
    final ConcurrentHashMap<Classification, Optional<Set<String>>> reads =
        new ConcurrentHashMap<>();

    Answers(CatalogSnapshot snapshot) {
      this.snapshot = snapshot;
    }
  }

  private final Catalog catalog;
  private final SqlClassifier classifier;

  /** Writes of the whole JVM; null when they bind nobody but their sessions. */
  private final TableTickets jvm;

  private volatile Answers answers = new Answers(null);

  TableScope(Catalog catalog, SqlClassifier classifier, boolean writesBindAll) {
    this.catalog = catalog;
    this.classifier = classifier;
    this.jvm = writesBindAll ? new TableTickets() : null;
  }

  /** What is known of the schema, if nobody in this JVM is changing it; else null. */
  CatalogSnapshot settled() {
    return catalog.settled();
  }

  TableTickets jvm() {
    return jvm;
  }

  private Answers answers(CatalogSnapshot snapshot) {
    Answers known = answers;
    if (known.snapshot != snapshot) {
      known = new Answers(snapshot);
      answers = known;
    }
    return known;
  }

  /**
   * The tables that a statement which has just ended has touched; null when nobody can tell.
   *
   * @param before {@link #settled} before the statement was run
   * @param sql its text; null when that is not known
   */
  Set<String> touched(CatalogSnapshot before, Classification statement, String sql) {
    if (before == null
        || sql == null
        || statement.kind() != StatementKind.DML
        || before != catalog.settled()) {
      return null;
    }
    if (sql.length() > MAX_CHARS) {
      return before.tablesTouchedBy(classifier.namesOfWrite(sql));
    }
    ConcurrentHashMap<String, Optional<Set<String>>> known = answers(before).writes;
    Optional<Set<String>> answer = known.get(sql);
    if (answer == null) {
      answer = Optional.ofNullable(before.tablesTouchedBy(classifier.namesOfWrite(sql)));
      if (known.size() >= MAX_CACHED) {
        known.clear();
      }
      known.put(sql, answer);
    }
    return answer.orElse(null);
  }

  /** The tables that a read can show; null when nobody can tell. */
  Set<String> read(Classification statement) {
    CatalogSnapshot snapshot = catalog.settled();
    if (snapshot == null) {
      return null;
    }
    ConcurrentHashMap<Classification, Optional<Set<String>>> known = answers(snapshot).reads;
    Optional<Set<String>> answer = known.get(statement);
    if (answer == null) {
      answer = Optional.ofNullable(snapshot.tablesReadBy(statement));
      if (known.size() >= MAX_CACHED) {
        known.clear();
      }
      known.put(statement, answer);
    }
    return answer.orElse(null);
  }
}
