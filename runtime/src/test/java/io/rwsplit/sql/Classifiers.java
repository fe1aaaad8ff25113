package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.util.concurrent.TimeUnit;

/** Classification for tests, which can wait longer than an application for the parser. */
final class Classifiers {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final SqlClassifier classifier;

  Classifiers(Engine engine) {
    classifier = new SqlClassifier(engine);
    classifier.warmUp();
  }

  /** The settled classification. */
  Classification classify(String sql) {
    long start = System.nanoTime();
    Classification c = classifier.classify(sql);
    while (c.reason() == Reason.CLASSIFYING && System.nanoTime() - start < DEADLINE_NANOS) {
      c = classifier.classify(sql);
    }
    return c;
  }
}
