package io.rwsplit.log;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that writes lines to {@link Log}; never throws. Thread-safe. */
final class RwsplitLogger extends LegacyAbstractLogger {
  private static final long serialVersionUID = 1L;

  private final boolean thirdParty;
  private final String source;

  /** Whose lines these are, whatever the thread; null when the thread's scope says so. */
  private final String group;

  RwsplitLogger(String name) {
    this(name, null);
  }

  RwsplitLogger(String name, String group) {
    this.name = name;
    this.group = group;
    this.thirdParty = Log.isThirdParty(name);
    this.source = thirdParty ? name.substring(name.lastIndexOf('.') + 1) : null;
  }

  @Override
  public boolean isTraceEnabled() {
    return Log.isEnabled(LogLevel.TRACE, thirdParty);
  }

  @Override
  public boolean isDebugEnabled() {
    return Log.isEnabled(LogLevel.DEBUG, thirdParty);
  }

  @Override
  public boolean isInfoEnabled() {
    return Log.isEnabled(LogLevel.INFO, thirdParty);
  }

  @Override
  public boolean isWarnEnabled() {
    return Log.isEnabled(LogLevel.WARN, thirdParty);
  }

  @Override
  public boolean isErrorEnabled() {
    return Log.isEnabled(LogLevel.ERROR, thirdParty);
  }

  @Override
  protected String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level, Marker marker, String pattern, Object[] arguments, Throwable problem) {
    try {
      String message = MessageFormatter.basicArrayFormat(pattern, arguments);
      Log.write(
          LogLine.of(
              System.currentTimeMillis(),
              LogLevel.valueOf(level.name()),
              source(),
              message,
              problem));
    } catch (Throwable t) {
      // An argument's toString may throw anything, and the stream may be the application's.
      giveUp(pattern);
    }
  }

  private String source() {
    String of = group == null ? LogScope.current() : group;
    if (of == null) {
      return source;
    }
    return source == null ? of : of + ": " + source;
  }

  private static void giveUp(String pattern) {
    try {
      Log.write("[rwsplit] (a line that could not be written: " + pattern + ")\n");
    } catch (Throwable t) {
      // Nothing is left to tell it to.
    }
  }
}
