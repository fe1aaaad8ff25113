package io.rwsplit.jdbc;

import io.rwsplit.sql.Classification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Statements of which something is remembered for a while: that a replica failed them, that they
 * take long. Thread-safe.
 */
final class NotedStatements {
  private static final int MAX_ENTRIES = 1_000;

  private final Map<Classification, Long> notedAt = new ConcurrentHashMap<>();

  private final long rememberedNanos;

  /**
   * @param rememberedNanos how long a statement is remembered
   */
  NotedStatements(long rememberedNanos) {
    this.rememberedNanos = rememberedNanos;
  }

  void add(Classification statement) {
    if (notedAt.size() >= MAX_ENTRIES) {
      notedAt.clear();
    }
    notedAt.put(statement, System.nanoTime());
  }

  boolean contains(Classification statement) {
    if (notedAt.isEmpty()) {
      return false;
    }
    Long at = notedAt.get(statement);
    if (at == null) {
      return false;
    }
    if (System.nanoTime() - at > rememberedNanos) {
      notedAt.remove(statement, at);
      return false;
    }
    return true;
  }
}
