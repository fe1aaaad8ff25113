package io.rwsplit.config;

import io.rwsplit.log.LogLevel;
import java.util.ArrayList;
import java.util.List;

/** What the configuration says of the whole JVM rather than of a group. Immutable. */
public final class JvmSettings {
  private final Values values;

  JvmSettings(Values values) {
    this.values = values;
  }

  /** How much our own log says. */
  public LogLevel logLevel() {
    return (LogLevel) values.get(Property.LOG_LEVEL);
  }

  /** Time between two looks at the file, in nanoseconds; 0: none. */
  public long configIntervalNanos() {
    return values.number(Property.CONFIG_INTERVAL);
  }

  /** What newer settings say otherwise that counts from the next start on, without secrets. */
  public List<String> changesLeft(JvmSettings newer) {
    List<String> left = new ArrayList<String>();
    for (Property property : values.differences(newer.values)) {
      // The level of the log changes at once, and of each group something is said.
      if (property != Property.LOG_LEVEL && property != Property.GROUPS) {
        left.add(newer.values.line(property));
      }
    }
    return left;
  }

  /** True when the application must not run unsplit for a fault of the configuration. */
  public boolean strict() {
    return values.flag(Property.STRICT);
  }

  /** How the agent may be asked by HTTP; null where it may not. */
  public HttpSettings http() {
    return values.isGiven(Property.HTTP_PORT) ? new HttpSettings(values) : null;
  }

  /** True when there are to be MBeans. */
  public boolean jmx() {
    return values.flag(Property.JMX);
  }

  /** How long something must last before it is an alert, in nanoseconds. */
  public long alertRaiseNanos() {
    return values.number(Property.ALERT_RAISE);
  }

  /** What is said of what goes wrong, and to whom. */
  public AlertSettings alerts() {
    return new AlertSettings(values);
  }

  /** True when there are to be events of JDK Flight Recorder. */
  public boolean jfr() {
    return values.flag(Property.JFR);
  }
}
