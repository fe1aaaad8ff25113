package io.rwsplit.jfr;

import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * What happens, as events of JDK Flight Recorder after {@link #start}, if the JVM has it, and in a
 * log that can be asked for after {@link #keep}. Thread-safe, and never throws.
 */
public final class FlightEvents {
  private static volatile FlightEvents running;

  /** Null while nobody can ask for it. */
  private static volatile EventLog kept;

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

  /** From now on the newest events, routes apart, are kept. */
  public static void keep() {
    kept = new EventLog();
  }

  /** Those that were kept; null where none are. */
  public static EventLog kept() {
    return kept;
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
    EventLog log = kept;
    if (log != null) {
      String text = master == null ? "no server is the master: " : "is the master: ";
      log.add(group, KeptEvent.Kind.FAILOVER, master == null, master, text + reason);
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
    EventLog log = kept;
    if (log != null) {
      String text = "feed: " + state.toLowerCase(Locale.ROOT).replace('_', ' ');
      String why = reason == null ? "" : ", " + reason;
      log.add(group, KeptEvent.Kind.RESYNC, false, replica, text + why);
    }
  }

  /** A fault of rwsplit's own. */
  public static void fault(String group, String where, Throwable problem) {
    FlightEvents events = running;
    if (events != null) {
      events.fault.commit(group, where, problem == null ? null : problem.toString());
    }
    EventLog log = kept;
    if (log != null) {
      log.add(group, KeptEvent.Kind.FAULT, true, null, "fault in " + where + ": " + problem);
    }
  }

  /**
   * A replica may serve, or may not any more.
   *
   * @param why for people
   */
  public static void healthChanged(String group, String replica, boolean inService, String why) {
    EventLog log = kept;
    if (log != null) {
      String text = inService ? "in service" : "out of service: " + why;
      log.add(group, KeptEvent.Kind.HEALTH, !inService, replica, text);
    }
  }

  /**
   * Somebody has changed something from outside.
   *
   * @param node null when it is the whole group
   * @param what for people
   */
  public static void steered(String group, String node, String what) {
    EventLog log = kept;
    if (log != null) {
      log.add(group, KeptEvent.Kind.OPERATOR, false, node, what);
    }
  }

  /**
   * The agent leaves the application alone because of its own faults, or routes again.
   *
   * @param open true when it leaves it alone
   * @param what for people
   */
  public static void circuitChanged(String group, boolean open, String what) {
    EventLog log = kept;
    if (log != null) {
      log.add(group, KeptEvent.Kind.CIRCUIT, open, null, what);
    }
  }

  /**
   * Somebody was told of something.
   *
   * @param over true when it was that it is over
   * @param node null when it is the whole group
   * @param what for people
   */
  public static void alerted(String group, boolean over, String node, String what) {
    EventLog log = kept;
    if (log != null) {
      log.add(group, KeptEvent.Kind.ALERT, !over, node, what);
    }
  }
}
