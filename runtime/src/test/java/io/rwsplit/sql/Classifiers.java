package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Classification for tests, which can wait longer than an application for the parser. */
final class Classifiers {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long PAUSE_NANOS = 1_000_000;

  private final SqlClassifier classifier;

  Classifiers(Engine engine) {
    classifier = new SqlClassifier(engine);
    classifier.warmUp();
  }

  /** The settled classification. */
  Classification classify(String sql) {
    long start = System.nanoTime();
    Classification c = classifier.classify(sql);
    while (c.isPreliminary() && System.nanoTime() - start < DEADLINE_NANOS) {
      LockSupport.parkNanos(c.reason() == Reason.OVERDUE ? PAUSE_NANOS : 0);
      c = classifier.classify(sql);
    }
    return c;
  }
}
