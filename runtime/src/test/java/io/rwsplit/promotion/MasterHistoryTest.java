package io.rwsplit.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.consistency.Lsn;
import org.junit.jupiter.api.Test;

class MasterHistoryTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void lagIsTheAgeOfWhatIsHeld() {
    MasterHistory history = new MasterHistory(10 * SECOND);
    assertEquals(-1, history.lagNanos(new Lsn(5)));
    for (int i = 0; i <= 20; i++) {
      history.add(i * SECOND, new Lsn(i * 100L));
    }
    assertEquals(0, history.lagNanos(new Lsn(2000)));
    assertEquals(0, history.lagNanos(new Lsn(2001)));
    assertEquals(SECOND, history.lagNanos(new Lsn(1999)));
    assertEquals(5 * SECOND, history.lagNanos(new Lsn(1500)));
    assertEquals(-1, history.lagNanos(null));
  }

  @Test
  void whatIsForgottenIsTooOld() {
    MasterHistory history = new MasterHistory(SECOND);
    for (int i = 0; i < 10_000; i++) {
      history.add(i * SECOND, new Lsn(i));
    }
    assertEquals(Long.MAX_VALUE, history.lagNanos(new Lsn(1)));
  }

  @Test
  void manySamplesReachAsFarBackAsWanted() {
    MasterHistory history = new MasterHistory(10 * SECOND);
    for (long i = 0; i < 100_000; i++) {
      history.add(i * 1_000_000, new Lsn(i));
    }
    long lag = history.lagNanos(new Lsn(91_000));
    assertTrue(lag >= 8_999_000_000L && lag < 9_200_000_000L, () -> "" + lag);
    assertEquals(0, history.lagNanos(new Lsn(99_999)));
  }

  @Test
  void anotherMasterBeginsAnew() {
    MasterHistory history = new MasterHistory(SECOND);
    history.add(1, new Lsn(1));
    history.clear();
    assertEquals(-1, history.lagNanos(new Lsn(1)));
  }
}
