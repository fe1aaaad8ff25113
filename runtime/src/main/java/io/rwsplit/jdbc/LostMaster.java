package io.rwsplit.jdbc;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/** What the application sees when there is no master for it: errors of class 08. Stateless. */
public final class LostMaster {
  /** Connection failure. */
  private static final String FAILURE = "08006";

  /** The connection could not be established. */
  private static final String NOT_ESTABLISHED = "08001";

  private LostMaster() {}

  /** On a connection that does not lead to the master. */
  static SQLException error(long term) {
    return new SQLRecoverableException(
        term == Destination.NO_TERM
            ? "rwsplit: there was no master when this connection was opened: it serves only reads"
                + " that a replica is known to be fresh enough for"
            : "rwsplit: this connection leads to a server that is no longer the master",
        FAILURE);
  }

  /** On a connect with nowhere to go. */
  public static SQLException nowhere(String why) {
    return new SQLTransientConnectionException(
        "rwsplit: there is no master: " + why, NOT_ESTABLISHED);
  }
}
