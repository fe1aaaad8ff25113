package io.rwsplit.jdbc;

import io.rwsplit.sql.Classification;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Statements that a replica failed and the master ran: for a while they go to the master at once,
 * since trying twice costs the application time. Thread-safe.
 */
final class UnfitStatements {
  private static final long REMEMBERED_NANOS = 5_000_000_000L;
  private static final int MAX_ENTRIES = 1_000;

  private final Map<Classification, Long> failedAt = new ConcurrentHashMap<>();

  void add(Classification statement) {
    if (failedAt.size() >= MAX_ENTRIES) {
      failedAt.clear();
    }
    failedAt.put(statement, System.nanoTime());
  }

  boolean contains(Classification statement) {
    if (failedAt.isEmpty()) {
      return false;
    }
    Long at = failedAt.get(statement);
    if (at == null) {
      return false;
    }
    if (System.nanoTime() - at > REMEMBERED_NANOS) {
      failedAt.remove(statement, at);
      return false;
    }
    return true;
  }
}
