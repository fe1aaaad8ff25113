package io.rwsplit.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.consistency.WindowTracker;
import io.rwsplit.consistency.WriteTracker;
import io.rwsplit.route.RouteReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitTest {
  /** Three faults within 100 open it, for 50 at first. */
  private final Circuit circuit = new Circuit(new CircuitRules(3, 100, 50));

  private static final PassThrough.Listener SILENT =
      new PassThrough.Listener() {
        @Override
        public void opened(Throwable cause, long pauseNanos) {}

        @Override
        public void tried() {}

        @Override
        public void closed() {}
      };

  /** Faults and looks at moments, and the state after each: f10 is a fault at 10. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f0 f1                    | CLOSED",
        "f0 f1 f2                 | OPEN",
        "f0 f50 f100              | OPEN",
        "f0 f50 f101              | CLOSED",
        "f0 f50 f101 f140         | OPEN",
        "f0 f1 f2 l51             | OPEN",
        "f0 f1 f2 l52             | TRIAL",
        "f0 f1 f2 f30 f31 f32 l52 | TRIAL",
        "f0 f1 f2 l52 l151        | TRIAL",
        "f0 f1 f2 l52 l152        | CLOSED",
        "f0 f1 f2 l52 f60         | OPEN",
        "f0 f1 f2 l52 f60 l159    | OPEN",
        "f0 f1 f2 l52 f60 l160    | TRIAL",
        "f0 f1 f2 l52 f60 l160 f161 l360 | OPEN",
        "f0 f1 f2 l52 f60 l160 f161 l361 | TRIAL",
        "f0 f1 f2 l52 l152 f153 f154     | CLOSED",
        // Soon again: the pause goes on growing; else it begins anew.
        "f0 f1 f2 l52 l152 f153 f154 f155 l254 | OPEN",
        "f0 f1 f2 l52 l152 f153 f154 f155 l255 | TRIAL",
        "f0 f1 f2 l52 l152 f1000 f1001 f1002 l1052 | TRIAL",
      })
  void goesFromStateToState(String events, Circuit.State expected) {
    long now = 0;
    for (String event : events.trim().split(" +", -1)) {
      now = Long.parseLong(event.substring(1));
      if (event.charAt(0) == 'f') {
        boolean unused = circuit.fault(now);
      } else {
        Circuit.State unused = circuit.look(now);
      }
    }
    assertEquals(expected, circuit.look(now));
  }

  @Test
  void withoutANumberItNeverOpens() {
    Circuit never = new Circuit(new CircuitRules(0, 100, 50));
    for (int i = 0; i < 1000; i++) {
      assertFalse(never.fault(i));
    }
    assertEquals(1000, never.faults());
  }

  @Test
  void switchIsOffAtOnceAndOnWithATicketForWhatWasWritten() {
    WriteTracker tracker = new WindowTracker(1_000_000_000L, false);
    PassThrough passing = new PassThrough(new CircuitRules(3, 100, 50), tracker, SILENT);
    assertNull(passing.reason);
    passing.enable(false);
    assertEquals(RouteReason.SWITCHED_OFF, passing.reason);
    passing.settle();
    assertEquals(RouteReason.SWITCHED_OFF, passing.reason);
    long written = tracker.wrote();
    passing.enable(true);
    assertNull(passing.reason);
    assertTrue(passing.floor() >= written);
  }

  @Test
  void missedTicketIsDrawnLater() {
    WriteTracker tracker = new WindowTracker(1_000_000_000L, false);
    PassThrough passing = new PassThrough(new CircuitRules(3, 100, 50), tracker, SILENT);
    long written = tracker.wrote();
    passing.ticketMissed = true;
    passing.reason = RouteReason.FAULT;
    passing.settle();
    assertNull(passing.reason);
    assertFalse(passing.ticketMissed);
    assertTrue(passing.floor() >= written);
  }

  /** What is missed while a ticket is drawn may not be covered by that one. */
  @Test
  void missedWhileOneIsDrawn() {
    PassThrough[] passing = new PassThrough[1];
    WriteTracker tracker =
        new WriteTracker() {
          private long drawn;

          @Override
          public long wrote() {
            drawn++;
            if (drawn == 1) {
              passing[0].missed();
            }
            return drawn;
          }

          @Override
          public boolean covers(int replica, long ticket) {
            return true;
          }

          @Override
          public long held(int replica) {
            return drawn;
          }

          @Override
          public long seenOn(int replica) {
            return drawn;
          }

          @Override
          public long seenOnMaster() {
            return drawn;
          }

          @Override
          public boolean isUnchangedSince(long ticket) {
            return false;
          }
        };
    passing[0] = new PassThrough(new CircuitRules(3, 100, 50), tracker, SILENT);
    passing[0].missed();
    passing[0].settle();
    assertEquals(RouteReason.FAULT, passing[0].reason);
    passing[0].settle();
    assertNull(passing[0].reason);
  }
}
