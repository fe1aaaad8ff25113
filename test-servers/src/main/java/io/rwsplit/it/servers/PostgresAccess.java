package io.rwsplit.it.servers;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** How a PostgreSQL server of ours is reached. Stateless. */
final class PostgresAccess {
  static final String ADMIN = "postgres";

  /** No test waits for ever on a server that has just been stopped. */
  static final String PARAMETERS = "?connectTimeout=5&socketTimeout=60";

  private PostgresAccess() {}

  static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** The administrator's, also while there is no database of the application. */
  static Connection connect(int port) throws SQLException {
    return DriverManager.getConnection(url(port, ADMIN) + PARAMETERS, ADMIN, ADMIN);
  }
}
