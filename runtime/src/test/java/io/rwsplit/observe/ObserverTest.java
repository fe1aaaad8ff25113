package io.rwsplit.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import io.rwsplit.report.RouteCounters;
import io.rwsplit.report.StatementCounter;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.SqlClassifier;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObserverTest {
  private static final long HOUR = 3_600_000_000_000L;

  private final SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
  private final RouteCounters counters = new RouteCounters(1);
  private final RecentWrites session = new RecentWrites();
  private final Observer observer = new Observer(counters, 2, 0, HOUR);

  private void run(Observer by, String sql, RouteReason why, long nanos, RecentWrites of) {
    Classification what = sql == null ? null : classifier.classify(sql);
    StatementCounter counter = counters.statements().of(what);
    counter.count(why);
    by.ended(counter, what, why, nanos, of);
  }

  private void run(String sql, RouteReason why, long nanos) {
    run(observer, sql, why, nanos, session);
  }

  @Test
  void countsAndTimesByReasonAndStatement() {
    run("SELECT a FROM t WHERE b = 1", RouteReason.OBSERVED, 30);
    run("SELECT a FROM t WHERE b = 2", RouteReason.OBSERVED, 30);
    run("SELECT a FROM t WHERE b = 3", RouteReason.IN_TRANSACTION, 10);
    run("UPDATE t SET a = 1", RouteReason.WRITE, 25);
    run(null, RouteReason.FORM, 5);
    run("COMMIT", RouteReason.CONTROL, 0);
    ObserveReport report = observer.report();
    assertEquals(6, report.statements());
    assertEquals(2, report.moves());
    assertEquals(100, report.nanos());
    assertEquals(60, report.moveNanos());
    assertEquals(3, report.reads());
    assertEquals(2, report.writes());
    assertEquals(1, report.others());
    assertEquals(RouteReason.OBSERVED, report.reasons().get(0).reason);
    assertEquals(RouteReason.WRITE, report.reasons().get(1).reason);
    ObserveReport.OfDigest first = report.digests().get(0);
    assertEquals(3, first.executions);
    assertEquals(2, first.moves);
    assertEquals(70, first.nanos());
    assertEquals(RouteReason.IN_TRANSACTION, first.stays);
    List<String> lines = ObserveText.of(report, 5);
    assertTrue(
        lines.get(0).contains("2 would move to replicas (33.3 %, and 60.0 % of"), lines::toString);
    assertTrue(
        lines.get(lines.size() - 1).startsWith("estimate: 40.0 % of the time stays on the master"),
        lines::toString);
  }

  @Test
  void aReadAfterTheThreadsOwnWriteOfTheTableIsCounted() {
    run("SELECT * FROM t", RouteReason.OBSERVED, 1);
    run("INSERT INTO t VALUES (1)", RouteReason.WRITE, 1);
    run("SELECT * FROM t", RouteReason.READ_YOUR_WRITES, 1);
    run("SELECT * FROM main.t", RouteReason.READ_YOUR_WRITES, 1);
    run("SELECT * FROM u", RouteReason.READ_YOUR_WRITES, 1);
    run(observer, "SELECT * FROM t", RouteReason.OBSERVED, 1, new RecentWrites());
    observer.wrote(classifier.classify("INSERT INTO u VALUES (1)"), session);
    run("SELECT * FROM t JOIN u ON t.a = u.a", RouteReason.OBSERVED, 1);
    List<ObserveReport.OfTable> tables = observer.report().tables();
    assertEquals("t", tables.get(0).table);
    assertEquals(5, tables.get(0).reads);
    assertEquals(1, tables.get(0).writes);
    assertEquals(3, tables.get(0).readsAfterWrite);
    assertEquals("u", tables.get(1).table);
    assertEquals(1, tables.get(1).readsAfterWrite);
  }

  @Test
  void aWriteIsForgottenAfterTheWindow() {
    Observer none = new Observer(counters, 2, 0, 0);
    run(none, "INSERT INTO t VALUES (1)", RouteReason.WRITE, 1, session);
    run(none, "SELECT * FROM t", RouteReason.OBSERVED, 1, session);
    assertEquals(0, none.report().tables().get(0).readsAfterWrite);
  }

  @Test
  void memoryIsBounded() {
    for (int i = 0; i < 2 * Observer.MAX_TABLES; i++) {
      run("INSERT INTO t" + i + " VALUES (1)", RouteReason.WRITE, 1);
      run("SELECT a" + i + " FROM t" + i, RouteReason.OBSERVED, 1);
    }
    ObserveReport report = observer.report();
    assertEquals(4L * Observer.MAX_TABLES, report.statements());
    assertEquals(4L * Observer.MAX_TABLES, report.nanos());
    assertTrue(report.tables().size() <= 50);
    assertTrue(report.digests().size() <= 101);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 1, 1",
    "0, 100, 0, 1, 1",
    "50, 100, 0.5, 0.5, 2",
    "90, 100, 0.9, 0.1, 2.2222",
    "100, 100, 1, 0, 2"
  })
  void estimates(long moves, long all, double off, double master, double capacityOfTwo) {
    Estimate estimate = new Estimate(moves, all);
    assertEquals(off, estimate.moves(), 1e-9);
    assertEquals(master, estimate.master(), 1e-9);
    assertEquals(off / 2, estimate.replica(2), 1e-9);
    assertEquals(capacityOfTwo, estimate.capacity(2), 1e-3);
  }
}
