package io.rwsplit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rwsplit.engine.Engine;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.SqlClassifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class StatementCountersTest {
  private final SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
  private final StatementCounters counters = new StatementCounters();

  private void count(String sql, RouteReason reason, int times) {
    for (int i = 0; i < times; i++) {
      counters.of(classifier.classify(sql)).count(reason);
    }
  }

  @Test
  void textsOfOneShapeAreOneStatement() {
    count("UPDATE t SET a = 1", RouteReason.WRITE, 2);
    count("UPDATE  t SET a = 222 /* rwsplit:master */", RouteReason.WRITE, 1);
    count("DELETE FROM t", RouteReason.WRITE, 1);
    count("DELETE FROM t", RouteReason.READ, 3);
    List<StatementCounter> top = counters.top(5);
    assertEquals(2, top.size());
    assertEquals("DELETE FROM t", top.get(0).digest());
    assertEquals(4, top.get(0).executed());
    assertEquals(3, top.get(0).executed(RouteReason.READ));
    assertEquals(RouteReason.WRITE, top.get(0).mainReason());
    assertEquals("UPDATE t SET a = 1", top.get(1).digest());
    assertEquals(3, top.get(1).executed());
    assertEquals(1, counters.top(1).size());
  }

  @Test
  void theMapIsBounded() {
    for (int i = 0; i < StatementCounters.MAX_DIGESTS + 50; i++) {
      count("DELETE FROM t" + i, RouteReason.READ, 1);
    }
    counters.of(null).count(RouteReason.FORM);
    List<StatementCounter> top = counters.top(2);
    assertEquals(3, top.size());
    assertNull(top.get(0).mainReason());
    assertEquals(51, top.get(2).executed());
  }

  /** Sorting what changes meanwhile fails: "Comparison method violates its general contract". */
  @Test
  void countingGoesOnWhileTheyAreRanked() throws Exception {
    List<StatementCounter> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      all.add(counters.of(classifier.classify("DELETE FROM t" + i)));
    }
    AtomicBoolean over = new AtomicBoolean();
    Thread counting =
        new Thread(
            () -> {
              Random random = new Random(1);
              while (!over.get()) {
                all.get(random.nextInt(all.size())).count(RouteReason.WRITE);
              }
            });
    counting.start();
    try {
      for (int i = 0; i < 5000; i++) {
        assertEquals(500, counters.top(1000).size());
      }
    } finally {
      over.set(true);
      counting.join();
    }
  }
}
