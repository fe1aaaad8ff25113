package io.rwsplit.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenTest {
  /** Replicas that hold fixed tickets. */
  private static WriteTracker holding(long... tickets) {
    return new WriteTracker() {
      @Override
      public long wrote() {
        return 0;
      }

      @Override
      public boolean covers(int replica, long ticket) {
        return tickets[replica] >= ticket;
      }

      @Override
      public long held(int replica) {
        return tickets[replica];
      }

      @Override
      public long seenOn(int replica) {
        return tickets[replica];
      }

      @Override
      public long seenOnMaster() {
        return 0;
      }

      @Override
      public boolean isUnchangedSince(long ticket) {
        return false;
      }
    };
  }

  @ParameterizedTest
  @CsvSource({
    // seen on, bound, eligible, kept of replicas that hold 5, 7, 9
    "-1, 5, 7, 7",
    "-1, 6, 7, 6",
    "-1, 9, 7, 4",
    "-1, 10, 7, 0",
    "0, 10, 7, 1",
    "0, 8, 7, 5",
    "0, 8, 6, 4",
    "1, 10, 5, 0",
  })
  void keepsWhoShowsNothingOlder(int replica, long bound, long eligible, long kept) {
    assertEquals(kept, new Seen(replica, bound).restrict(eligible, holding(5, 7, 9)));
  }

  @Test
  void includesWhatItsBoundCovers() {
    Seen seen = new Seen(Seen.MASTER, 5);
    assertTrue(seen.includes(5));
    assertFalse(seen.includes(6));
  }
}
