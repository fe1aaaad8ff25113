package io.rwsplit.failover;

import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.SQLException;

/** Asks one server for its role over a connection of its own. Used by one thread at a time. */
interface RoleQuery extends AutoCloseable {
  /** Asks once. */
  RoleAnswer ask() throws SQLException;

  /** Gives the connection up. */
  @Override
  void close();

  /** The question in the words of an engine. */
  static RoleQuery of(Engine engine, Connection connection) throws SQLException {
    return engine == Engine.POSTGRESQL ? new PostgresRole(connection) : new MysqlRole(connection);
  }
}
