package io.rwsplit.alert;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's own log. */
final class LogSink extends Sink {
  private static final Logger LOG = LoggerFactory.getLogger("io.rwsplit.alerts");

  LogSink() {
    super("log", 1);
  }

  @Override
  protected String deliver(Notice notice) {
    String line = "ALERT " + notice.line();
    if (notice.event() == Notice.Event.RECOVERED || notice.event() == Notice.Event.TEST) {
      LOG.info("{}", line);
    } else if (notice.severity() == Severity.CRITICAL) {
      LOG.error("{}", line);
    } else {
      LOG.warn("{}", line);
    }
    return "is in the log";
  }
}
