package legacy.pools;

import java.sql.Connection;
import java.sql.SQLException;

/** Where an application gets its connections from. */
public interface Source {
  Connection borrow() throws SQLException;

  /** Ends it and all its connections. */
  void close() throws Exception;
}
