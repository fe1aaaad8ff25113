package io.rwsplit.promotion;

import java.sql.Connection;
import java.sql.SQLException;

/** The servers, and what else is known of them. Implementations are thread-safe. */
public interface Servers {
  /**
   * Opens a connection with rights over the server, and not to the application's database where
   * locks are of one database.
   *
   * @param seconds after which a server that does not answer a statement is given up
   */
  Connection open(int node, int seconds) throws SQLException;

  /** Index of the node that is written to now; negative when there is none. */
  int master();
}
