package io.rwsplit.jdbc;

import io.rwsplit.circuit.PassThrough;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.log.LogScope;
import io.rwsplit.log.ScopedLoggers;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;

/** Says what becomes of one group's circuit, in one line each. Immutable. */
final class CircuitLog implements PassThrough.Listener {
  private final Logger log = ScopedLoggers.of("io.rwsplit.circuit");
  private final String group = LogScope.current() == null ? "" : LogScope.current();

  @Override
  public void opened(Throwable cause, long pauseNanos) {
    log.warn(
        "circuit open: repeated faults of rwsplit's own, the last: {}; all statements go to the"
            + " master for {} ms",
        String.valueOf(cause),
        TimeUnit.NANOSECONDS.toMillis(pauseNanos));
    FlightEvents.circuitChanged(
        group, true, "circuit open: repeated faults, the last: " + cause.getClass().getName());
  }

  @Override
  public void tried() {
    log.info("circuit on trial: reads are routed again");
    FlightEvents.circuitChanged(group, false, "circuit on trial: reads are routed again");
  }

  @Override
  public void closed() {
    log.info("circuit closed: no fault since the trial began");
    FlightEvents.circuitChanged(group, false, "circuit closed: no fault since the trial began");
  }
}
