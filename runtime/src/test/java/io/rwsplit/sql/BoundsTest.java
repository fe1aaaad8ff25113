package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts made to stall or overflow a parser: answered soon, and the classifier works afterwards. */
class BoundsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private static String repeat(String s, int n) {
    StringBuilder b = new StringBuilder(s.length() * n);
    for (int i = 0; i < n; i++) {
      b.append(s);
    }
    return b.toString();
  }

  private static List<String> pathological() {
    List<String> all = new ArrayList<>();
    for (int n : new int[] {5, 20, 40, 1000, 10_000}) {
      all.add("SELECT " + repeat("(", n) + "a" + repeat(")", n) + " FROM t");
      all.add("SELECT a FROM t WHERE " + repeat("(a = 1 OR ", n) + "b" + repeat(")", n));
      all.add("SELECT a FROM t WHERE " + repeat("(a GLOB 'x' AND ", n) + "b" + repeat(")", n));
      all.add("SELECT " + repeat("coalesce(a > ", n) + "b" + repeat(", 1)", n) + " FROM t");
      all.add(
          "SELECT " + repeat("CASE WHEN (a = 1) THEN (", n) + "b" + repeat(") END", n) + " FROM t");
      all.add("SELECT a FROM " + repeat("(SELECT a FROM ", n) + "t" + repeat(")", n));
      all.add("SELECT a FROM t WHERE " + repeat("NOT ", n) + "b");
      all.add("SELECT " + repeat("- ", n) + "b FROM t");
      all.add("SELECT a FROM t WHERE " + repeat("a = 1 OR ", n * 10) + "b");
      all.add(repeat("SELECT a FROM t UNION ALL ", n) + "SELECT b FROM t");
      all.add(repeat("SELECT a FROM t;", n));
      all.add("SELECT " + repeat("(", n));
      all.add(repeat("'", n) + repeat("\"", n) + repeat("[", n) + repeat("/*", n) + repeat("$", n));
      all.add(repeat("\\'", n));
    }
    all.add("SELECT a FROM t WHERE a = '" + repeat("x", 1_000_000) + "'");
    all.add("INSERT INTO t VALUES " + repeat("(1, 'abc', ?),", 70_000) + "(1, 2, 3)");
    all.add("/*" + repeat("x", 1_000_000) + "*/ SELECT a FROM t");
    all.add("SELECT " + repeat("\u0000", 100));
    return all;
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void pathologicalTextsAreAnswered(Engine engine) {
    SqlClassifier classifier = new SqlClassifier(engine);
    assertTimeoutPreemptively(
        DEADLINE,
        () -> {
          for (String sql : pathological()) {
            Classification c = classifier.classify(sql);
            assertTrue(sql.length() < SqlScanner.MAX_TEXT || !c.isRead(), "large and a read");
          }
        });
    Classification after = new Classifiers(engine).classify("SELECT a FROM t WHERE b = 1");
    assertTrue(after.isRead(), after.toString());
  }

  @Test
  void deepTextsDoNotNeedTheCallersStack() throws InterruptedException {
    SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
    List<Classification> results = new ArrayList<>();
    Thread small =
        new Thread(
            null,
            () -> {
              for (String sql : pathological()) {
                results.add(classifier.classify(sql));
              }
            },
            "small stack",
            160 * 1024);
    small.start();
    small.join(DEADLINE.toMillis());
    assertFalse(small.isAlive());
    assertEquals(pathological().size(), results.size());
    for (Classification c : results) {
      assertFalse(c.reason() == Reason.FAULT, c.toString());
    }
  }

  @Test
  void aLargeWriteIsStillAWrite() {
    SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
    String rows = repeat("(1, 'a;b'),", 20_000) + "(2, 'x')";
    Classification insert = classifier.classify("INSERT INTO t VALUES " + rows);
    assertEquals(StatementKind.DML, insert.kind());
    assertEquals(Pin.NONE, insert.pin());
    Classification several = classifier.classify("INSERT INTO t VALUES " + rows + "; BEGIN");
    assertEquals(StatementKind.UNKNOWN, several.kind());
    assertTrue(several.mayWrite());
  }

  @Test
  void nullAndBlankTextsAreAnswered() {
    SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
    assertEquals(Reason.EMPTY, classifier.classify(null).reason());
    assertEquals(Reason.EMPTY, classifier.classify("").reason());
    assertEquals(Reason.EMPTY, classifier.classify(" \n").reason());
  }
}
