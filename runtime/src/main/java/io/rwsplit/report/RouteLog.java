package io.rwsplit.report;

import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.log.ScopedLoggers;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import io.rwsplit.topology.Replica;
import org.slf4j.Logger;

/**
 * One log line per routed statement, when asked for ({@code rwsplit.log.routes}), and one event of
 * Flight Recorder, when somebody records those. Thread-safe.
 *
 * <p>Literals are replaced by {@code ?}: they may hold what must not be in a log.
 */
public final class RouteLog {
  private static final int MAX_SQL = 500;

  private final Logger log = ScopedLoggers.of("io.rwsplit.routes");
  private final String group;
  private volatile boolean on;

  /**
   * @param on true when lines are wanted
   * @param group name of the group, for events
   */
  public RouteLog(boolean on, String group) {
    this.on = on;
    this.group = group;
  }

  /** From now on lines are wanted, or not. */
  public void switchOn(boolean wanted) {
    on = wanted;
  }

  /** True when lines or events are wanted. */
  public boolean isOn() {
    return on || FlightEvents.areRoutesRecorded();
  }

  /** A replica served the statement. */
  public void replica(Replica replica, String sql) {
    String masked = masked(sql);
    FlightEvents.routed(group, replica.name(), RouteReason.READ.text(), masked);
    if (on) {
      log.info("{} <- {} [{}]", replica.name(), RouteReason.READ.text(), masked);
    }
  }

  /**
   * The master runs the statement.
   *
   * @param what its classification; null when it was not classified
   * @param sql its text; null for batches
   */
  public void master(RouteReason why, Classification what, String sql) {
    String rule = what == null ? "" : " (" + what.reason().text() + detail(what) + ")";
    String masked = sql == null ? "batch" : masked(sql);
    FlightEvents.routed(group, "master", why.text() + rule, masked);
    if (on) {
      log.info("master <- {}{} [{}]", why.text(), rule, masked);
    }
  }

  private static String detail(Classification what) {
    return what.detail() == null ? "" : ": " + what.detail();
  }

  /** The text with the contents of quotes and with numbers replaced, cut to a readable length. */
  static String masked(String sql) {
    StringBuilder out = new StringBuilder(Math.min(sql.length(), MAX_SQL) + 8);
    int i = 0;
    while (i < sql.length() && out.length() < MAX_SQL) {
      char c = sql.charAt(i);
      if (c == '\'') {
        int end = sql.indexOf('\'', i + 1);
        out.append('?');
        i = end < 0 ? sql.length() : end + 1;
      } else if (Character.isDigit(c) && !isNamePart(out)) {
        out.append('?');
        while (i < sql.length()
            && (Character.isLetterOrDigit(sql.charAt(i)) || sql.charAt(i) == '.')) {
          i++;
        }
      } else {
        out.append(Character.isWhitespace(c) ? ' ' : c);
        i++;
      }
    }
    return i < sql.length() ? out.append('…').toString() : out.toString();
  }

  private static boolean isNamePart(StringBuilder out) {
    if (out.length() == 0) {
      return false;
    }
    char last = out.charAt(out.length() - 1);
    return Character.isLetterOrDigit(last) || last == '_' || last == '"' || last == '$';
  }
}
