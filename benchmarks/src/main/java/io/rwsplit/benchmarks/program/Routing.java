package io.rwsplit.benchmarks.program;

import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The agent's switch and counters, by its MBean; without the agent there are none. */
final class Routing {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);

  /** What the agent is to do. */
  private enum Mode {
    BARE,
    PASS,
    ROUTE
  }

  private final Mode mode;
  private final ObjectName name;
  private boolean switched;

  private Routing(Mode mode, ObjectName name) {
    this.mode = mode;
    this.name = name;
  }

  static Routing of(String mode) {
    try {
      return new Routing(
          Mode.valueOf(mode.toUpperCase(java.util.Locale.ROOT)),
          new ObjectName("io.rwsplit:type=Routing"));
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private static MBeanServer beans() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  /**
   * Returns when the program's statements go where they belong: replicas serve, or the agent passes
   * all through.
   */
  long settle(Program program, Case.Route route) throws SQLException, InterruptedException {
    if (mode == Mode.BARE) {
      return 0;
    }
    long sum = 0;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!beans().isRegistered(name)) {
      sum += program.run(program.turn());
      TimeUnit.MILLISECONDS.sleep(5);
      check(deadline, "no MBean of the agent");
    }
    if (mode == Mode.PASS) {
      if (!switched) {
        try {
          beans().setAttribute(name, new Attribute("Enabled", false));
        } catch (JMException e) {
          throw new IllegalStateException(e);
        }
        switched = true;
      }
      return sum;
    }
    long before = onReplicas();
    while (route == Case.Route.REPLICA && onReplicas() == before) {
      sum += program.run(program.turn());
      TimeUnit.MILLISECONDS.sleep(1);
      check(deadline, "no read reaches a replica");
    }
    return sum;
  }

  private static void check(long deadline, String fault) {
    if (System.nanoTime() - deadline > 0) {
      throw new IllegalStateException(fault);
    }
  }

  /** Statements so far; -1 without the agent. */
  long onReplicas() {
    return count("OnReplicas");
  }

  /** Statements so far; -1 without the agent. */
  long onMaster() {
    return count("OnMaster");
  }

  private long count(String attribute) {
    if (mode == Mode.BARE) {
      return -1;
    }
    try {
      return ((Number) beans().getAttribute(name, attribute)).longValue();
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }
}
