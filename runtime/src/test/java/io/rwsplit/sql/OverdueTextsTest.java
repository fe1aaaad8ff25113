package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** A parse that was cut off is repeated, a few times, with growing pauses. */
class OverdueTextsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long LIMIT_NANOS = 120 * SECOND;

  /** On H2 no query is proven without the parser. */
  private static final String READ = "SELECT a FROM t WHERE b = ?";

  @Test
  void triesAgainAfterGrowingPauses() {
    OverdueTexts texts = new OverdueTexts();
    long now = Long.MAX_VALUE - 3 * SECOND;
    assertTrue(texts.mayTry("a", now));
    long pause = OverdueTexts.FIRST_PAUSE_NANOS;
    for (int i = 1; i < OverdueTexts.MAX_TRIES; i++) {
      assertTrue(texts.cutOff("a", now));
      assertFalse(texts.mayTry("a", now + pause - 1), "too soon after try " + i);
      assertTrue(texts.mayTry("b", now));
      now += pause;
      assertTrue(texts.mayTry("a", now), "not after try " + i);
      pause *= OverdueTexts.GROWTH;
    }
    assertFalse(texts.cutOff("a", now), "tried for ever");
  }

  @Test
  void forgetsWhatWasDecided() {
    OverdueTexts texts = new OverdueTexts();
    assertTrue(texts.cutOff("a", 0));
    texts.decided("a");
    assertTrue(texts.mayTry("a", 0));
    for (int i = 1; i < OverdueTexts.MAX_TRIES; i++) {
      assertTrue(texts.cutOff("a", 0));
    }
  }

  @Test
  void isBounded() {
    OverdueTexts texts = new OverdueTexts();
    for (int i = 0; i < OverdueTexts.MAX_TEXTS; i++) {
      assertTrue(texts.cutOff("text " + i, 0));
    }
    assertFalse(texts.cutOff("one more", 0));
    texts.decided("text 0");
    assertTrue(texts.cutOff("one more", 0));
  }

  /** As on a machine that stands still for a moment during each of the first parses. */
  private static final class Interrupted extends ParserThread {
    private final AtomicInteger parses = new AtomicInteger();
    private final int interrupted;

    Interrupted(int interrupted) {
      this.interrupted = interrupted;
    }

    @Override
    Parse newParse() {
      Parse parse = new Parse();
      if (parses.incrementAndGet() <= interrupted) {
        parse.interrupt();
      }
      return parse;
    }
  }

  @Test
  void provesReadOnceTheParserHasTime() {
    Interrupted parser = new Interrupted(2);
    SqlClassifier classifier = new SqlClassifier(Engine.H2, parser);
    long deadline = System.nanoTime() + LIMIT_NANOS;
    boolean overdue = false;
    Classification c = classifier.classify(READ);
    while (!c.isRead() && System.nanoTime() - deadline < 0) {
      assertTrue(c.isPreliminary(), c.toString());
      overdue |= c.reason() == Reason.OVERDUE;
      LockSupport.parkNanos(SECOND / 1000);
      c = classifier.classify(READ);
    }
    assertTrue(overdue);
    assertEquals(Reason.PROVEN_READ, c.reason());
    int parses = parser.parses.get();
    assertTrue(parses >= 3, () -> parses + " parses");
    assertTrue(classifier.classify(READ).isRead());
    assertEquals(parses, parser.parses.get(), "not remembered");
  }

  /** Texts that no time is enough for, and threads that are left behind, are bounded. */
  @Test
  void takesForUnparseableWhatNeverEnds() {
    SqlClassifier classifier = new SqlClassifier(Engine.H2, new Interrupted(Integer.MAX_VALUE));
    for (int i = 0; i <= OverdueTexts.MAX_TEXTS; i++) {
      String sql = "SELECT a" + i + " FROM t WHERE b = ?";
      Classification c = classifier.classify(sql);
      while (c.reason() == Reason.CLASSIFYING) {
        c = classifier.classify(sql);
      }
      // The text that loads the parser is one of them.
      Reason wanted = i < OverdueTexts.MAX_TEXTS - 1 ? Reason.OVERDUE : Reason.UNPARSEABLE;
      assertEquals(wanted, c.reason(), sql);
    }
  }
}
