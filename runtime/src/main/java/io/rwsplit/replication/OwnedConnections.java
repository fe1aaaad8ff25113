package io.rwsplit.replication;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The connections that one thread of replication opens, so that it can begin anew with none: a
 * fault between two steps, such as a lack of memory, leaves some that nobody closes, and these hold
 * locks and snapshots, and use up what may be open.
 *
 * <p>Not thread-safe: the thread that opens; others may close what they got.
 */
final class OwnedConnections implements SqliteConnections {
  private final SqliteConnections opener;
  private final List<Connection> opened = new ArrayList<Connection>();

  OwnedConnections(SqliteConnections opener) {
    this.opener = opener;
  }

  @Override
  public Connection openMaster() throws SQLException {
    forgetClosed();
    return kept(opener.openMaster());
  }

  @Override
  public Connection openReplica(int index, Path file) throws SQLException {
    forgetClosed();
    return kept(opener.openReplica(index, file));
  }

  private Connection kept(Connection connection) throws SQLException {
    boolean kept = false;
    try {
      opened.add(connection);
      kept = true;
      return connection;
    } finally {
      if (!kept) {
        connection.close();
      }
    }
  }

  private void forgetClosed() throws SQLException {
    for (Iterator<Connection> each = opened.iterator(); each.hasNext(); ) {
      if (each.next().isClosed()) {
        each.remove();
      }
    }
  }

  /** Closes what is still open; to be called when nothing of it is needed. */
  void closeLeft() {
    for (Iterator<Connection> each = opened.iterator(); each.hasNext(); ) {
      try {
        each.next().close();
      } catch (SQLException e) {
        // Nothing is left to be done with it.
      }
      each.remove();
    }
  }
}
