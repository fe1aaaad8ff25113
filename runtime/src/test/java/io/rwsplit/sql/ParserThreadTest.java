package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Faults on the parser's thread end neither it nor those who wait for it. */
class ParserThreadTest {
  private static final long LIMIT_MILLIS = 120_000;

  private static final class Failing extends ParserThread.Task {
    private final boolean twice;

    Failing(boolean twice) {
      this.twice = twice;
    }

    @Override
    void run(ParserThread.Parse parse) {
      throw new OutOfMemoryError("for a test");
    }

    @Override
    void cutOff(boolean again) {
      if (twice) {
        throw new OutOfMemoryError("once more");
      }
    }
  }

  private static final class Counting extends ParserThread.Task {
    volatile boolean ran;

    @Override
    void run(ParserThread.Parse parse) {
      ran = true;
    }

    @Override
    void cutOff(boolean again) {}
  }

  @Test
  void goesOnAfterFaults() {
    ParserThread parser = new ParserThread();
    for (int i = 0; i < 6; i++) {
      Failing failing = new Failing(i % 2 == 0);
      assertTrue(parser.submit(failing));
      assertTrue(await(parser, failing), "a failed text is still waited for");
      Counting next = new Counting();
      assertTrue(parser.submit(next));
      assertTrue(await(parser, next), "nothing is parsed any more after " + (i + 1));
      assertTrue(next.ran);
    }
  }

  /** As those do who wait: in steps, with a look at the thread. */
  private static boolean await(ParserThread parser, ParserThread.Task task) {
    long deadline = System.nanoTime() + LIMIT_MILLIS * 1_000_000;
    while (!task.await(50)) {
      parser.checkOverdue();
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
    }
    return true;
  }
}
