package io.rwsplit.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Breaks connections whatever their users wait for. Stateless. */
public final class Aborter {
  private static final Logger LOG = LoggerFactory.getLogger(Aborter.class);

  private Aborter() {}

  /** Breaks a connection of a driver; a call on it that waits for its server fails. May block. */
  public static void abort(Connection connection) {
    Sockets.close(connection);
    try {
      connection.abort(
          new Executor() {
            @Override
            public void execute(Runnable closing) {
              closing.run();
            }
          });
    } catch (SQLException | RuntimeException | LinkageError e) {
      LOG.debug("breaking a connection failed", e);
    }
  }
}
