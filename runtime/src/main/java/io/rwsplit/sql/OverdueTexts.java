package io.rwsplit.sql;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The texts whose parse was cut off, and when each is tried again: a machine that stood still for a
 * moment is over soon, while a text that takes the parser too long does so every time. Tried again
 * a few times, after ever longer pauses; then it is taken for unparseable.
 *
 * <p>Bounded: when as many texts wait as are kept, a further one is not tried again. Thread-safe.
 * Times are {@link System#nanoTime()}'s.
 */
final class OverdueTexts {
  /** Parses of one text, the first one too. */
  static final int MAX_TRIES = 6;

  /** The pause after the first; each further one is {@link #GROWTH} times as long. */
  static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  static final int GROWTH = 4;

  /** Texts kept. */
  static final int MAX_TEXTS = 64;

  private final Map<String, Overdue> texts = new HashMap<>();

  private static final class Overdue {
    int tries;
    long pauseNanos = FIRST_PAUSE_NANOS;
    long notBefore;
  }

  /**
   * The parse of a text was cut off.
   *
   * @return false when it is not to be tried again
   */
  synchronized boolean cutOff(String text, long now) {
    Overdue known = texts.get(text);
    if (known == null && texts.size() >= MAX_TEXTS) {
      return false;
    }
    if (known == null) {
      known = new Overdue();
      texts.put(text, known);
    }
    if (++known.tries >= MAX_TRIES) {
      texts.remove(text);
      return false;
    }
    known.notBefore = now + known.pauseNanos;
    known.pauseNanos *= GROWTH;
    return true;
  }

  /** False while a text that was cut off is to be left alone. */
  synchronized boolean mayTry(String text, long now) {
    Overdue known = texts.get(text);
    return known == null || now - known.notBefore >= 0;
  }

  /** It was parsed to the end. */
  synchronized void decided(String text) {
    texts.remove(text);
  }
}
