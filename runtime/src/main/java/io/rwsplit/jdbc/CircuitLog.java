package io.rwsplit.jdbc;

import io.rwsplit.circuit.PassThrough;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what becomes of the circuit, in one line each. Stateless. */
final class CircuitLog implements PassThrough.Listener {
  private static final Logger LOG = LoggerFactory.getLogger("io.rwsplit.circuit");

  @Override
  public void opened(Throwable cause, long pauseNanos) {
    LOG.warn(
        "circuit open: repeated faults of rwsplit's own, the last: {}; all statements go to the"
            + " master for {} ms",
        String.valueOf(cause),
        TimeUnit.NANOSECONDS.toMillis(pauseNanos));
  }

  @Override
  public void tried() {
    LOG.info("circuit on trial: reads are routed again");
  }

  @Override
  public void closed() {
    LOG.info("circuit closed: no fault since the trial began");
  }
}
