package io.rwsplit.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loggers for what belongs to one group of databases but speaks on the application's threads too.
 * Stateless.
 */
public final class ScopedLoggers {
  private ScopedLoggers() {}

  /** A logger whose lines bear the name of the present {@link LogScope}, on whatever thread. */
  public static Logger of(String name) {
    String group = LogScope.current();
    return group == null ? LoggerFactory.getLogger(name) : new RwsplitLogger(name, group);
  }

  /** The same with the name of a class. */
  public static Logger of(Class<?> type) {
    return of(type.getName());
  }
}
