package legacy.pools;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;

/**
 * A pool as application servers make them of a driver's pooled connections: a handle's close puts
 * the physical connection back, and nothing else is done to it.
 */
final class KeptPool implements Source {
  /** Opens a physical connection. */
  interface Opening {
    PooledConnection open() throws SQLException;
  }

  private final Opening opening;
  private final Deque<PooledConnection> idle = new ArrayDeque<>();
  private final List<PooledConnection> all = new ArrayList<>();

  KeptPool(Opening opening) {
    this.opening = opening;
  }

  @Override
  public Connection borrow() throws SQLException {
    return physical().getConnection();
  }

  /** A physical connection, which is back when the handle it gave is closed. */
  synchronized PooledConnection physical() throws SQLException {
    PooledConnection free = idle.poll();
    if (free != null) {
      return free;
    }
    PooledConnection opened = opening.open();
    opened.addConnectionEventListener(
        new ConnectionEventListener() {
          @Override
          public void connectionClosed(ConnectionEvent event) {
            back((PooledConnection) event.getSource());
          }

          @Override
          public void connectionErrorOccurred(ConnectionEvent event) {}
        });
    all.add(opened);
    return opened;
  }

  private synchronized void back(PooledConnection connection) {
    idle.push(connection);
  }

  @Override
  public synchronized void close() throws SQLException {
    for (PooledConnection connection : all) {
      connection.close();
    }
  }
}
