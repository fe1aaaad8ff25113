package io.rwsplit.jfr;

import org.slf4j.LoggerFactory;

/**
 * What happens, as events of JDK Flight Recorder. Without {@link #start}, and on a JVM without
 * Flight Recorder, nothing; thread-safe, and never throws.
 */
public final class FlightEvents {
  private static volatile FlightEvents running;

  private final FlightEvent route;
  private final FlightEvent failover;
  private final FlightEvent resync;
  private final FlightEvent fault;

  private FlightEvents() throws ReflectiveOperationException {
    route =
        new FlightEvent(
            "Route",
            "A statement was routed",
            false,
            new String[] {"group", "server", "reason", "statement"});
    failover =
        new FlightEvent(
            "Failover",
            "Another server is the master, or none",
            true,
            new String[] {"group", "master", "reason"});
    resync =
        new FlightEvent(
            "Resync",
            "What feeds a replica has begun something else",
            true,
            new String[] {"group", "replica", "state", "reason"});
    fault =
        new FlightEvent(
            "Fault",
            "A fault of rwsplit's; the driver ran as written",
            true,
            new String[] {"group", "where", "problem"});
  }

  /** Makes the events known to the JVM; loads some hundred of its classes. */
  public static void start() {
    try {
      running = new FlightEvents();
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LoggerFactory.getLogger(FlightEvents.class)
          .warn("rwsplit.jfr: this JVM has no Flight Recorder that can be used ({})", e.toString());
    }
  }

  /** True while somebody records routes. */
  public static boolean areRoutesRecorded() {
    FlightEvents events = running;
    return events != null && events.route.isEnabled();
  }

  /**
   * A statement was routed.
   *
   * @param server name of the replica, or {@code master}
   * @param statement without literals
   */
  public static void routed(String group, String server, String reason, String statement) {
    FlightEvents events = running;
    if (events != null) {
      events.route.commit(group, server, reason, statement);
    }
  }

  /**
   * The master is another now.
   *
   * @param master its name; null when there is none
   */
  public static void masterChanged(String group, String master, String reason) {
    FlightEvents events = running;
    if (events != null) {
      events.failover.commit(group, master, reason);
    }
  }

  /**
   * What feeds a replica does something else.
   *
   * @param reason null when there is nothing to explain
   */
  public static void feedChanged(String group, String replica, String state, String reason) {
    FlightEvents events = running;
    if (events != null) {
      events.resync.commit(group, replica, state, reason);
    }
  }

  /** A fault of rwsplit's own. */
  public static void fault(String group, String where, Throwable problem) {
    FlightEvents events = running;
    if (events != null) {
      events.fault.commit(group, where, problem == null ? null : problem.toString());
    }
  }
}
