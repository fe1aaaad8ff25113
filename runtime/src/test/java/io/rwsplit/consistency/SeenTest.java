package io.rwsplit.consistency;

import static org.junit.jupiter.api.Assertions.assertEquals;

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

  @ParameterizedTest
  @CsvSource({
    // seen on, bound, then on, bound, kept of replicas that hold 5, 7, 9
    "0, 5, 1, 7, 6",
    "0, 5, -1, 9, 4",
    "-1, 9, 2, 9, 4",
    "-1, 7, 0, 5, 6",
    // Replica 0 announced 7 before it showed it; replica 1 shows it.
    "0, 7, 1, 7, 6",
    "0, 7, 2, 7, 6",
    "0, 7, 1, 6, 6",
    "1, 7, 0, 7, 6",
    "0, 7, 0, 6, 7",
  })
  void addsUp(int first, long firstBound, int then, long thenBound, long kept) {
    WriteTracker holding = holding(5, 7, 9);
    Seen seen = Seen.and(null, first, firstBound, 0, holding);
    assertEquals(kept, Seen.and(seen, then, thenBound, 0, holding).restrict(7, holding));
  }

  @Test
  void aReplicaThatHasComeUpAgainSinceTheReadMayBeOlder() {
    WriteTracker holding = holding(5, 7, 9);
    assertEquals(7, Seen.and(null, 0, 7, 0, holding).restrict(7, holding));
    assertEquals(6, Seen.and(null, 0, 7, 1, holding).restrict(7, holding));
  }
}
