package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.Call;
import io.rwsplit.engine.Engine;
import io.rwsplit.pool.DataTypes;
import io.rwsplit.session.SessionState;
import io.rwsplit.session.Setting;
import io.rwsplit.sql.Pin;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/**
 * What the setters of {@code java.sql.Connection} do to a session. Facts from the drivers: pgjdbc's
 * {@code setSchema} and {@code setClientInfo} run a SET, its {@code setCatalog} does nothing;
 * MySQL's and MariaDB's {@code setCatalog} changes the current database; sqlite-jdbc's do nothing.
 */
final class SessionCalls {
  private final Engine engine;
  private final SessionState session;

  SessionCalls(Engine engine, SessionState session) {
    this.engine = engine;
    this.session = session;
  }

  /** A setter has returned. */
  void ended(int call, Connection connection, Object argument) {
    try {
      note(call, connection, argument);
    } catch (SQLException e) {
      // It was broken or closed meanwhile, by whomever; what it was set to is not known.
      session.pin(Pin.NAMESPACE, "jdbc");
    }
  }

  private void note(int call, Connection connection, Object argument) throws SQLException {
    if (call == Call.SET_READ_ONLY) {
      session.readOnlySet((Boolean) argument);
      return;
    }
    if (engine == Engine.SQLITE) {
      return;
    }
    switch (call) {
      case Call.SET_ISOLATION:
        session.isolationSet((Integer) argument);
        break;
      case Call.SET_CATALOG:
        catalog((String) argument);
        break;
      case Call.SET_SCHEMA:
        schema((String) argument);
        break;
      case Call.SET_NETWORK_TIMEOUT:
        number(Setting.Way.NETWORK_TIMEOUT, connection.getNetworkTimeout());
        break;
      case Call.SET_HOLDABILITY:
        number(Setting.Way.HOLDABILITY, (Integer) argument);
        break;
      case Call.SET_CLIENT_INFO:
        clientInfo(connection);
        break;
      case Call.ADD_DATA_TYPE:
        String type = (String) argument;
        session.set(Setting.dataType(type, DataTypes.of(connection, type)));
        break;
      case Call.SET_SESSION:
        if (!(argument instanceof Map) || !((Map<?, ?>) argument).isEmpty()) {
          session.pin(Pin.NAMESPACE, "jdbc");
        }
        break;
      default:
        break;
    }
  }

  private void number(Setting.Way way, int value) {
    session.set(Setting.number(way, value));
  }

  private void catalog(String name) {
    if (engine == Engine.MYSQL || engine == Engine.MARIADB) {
      if (name != null) {
        session.set(Setting.catalog(name));
      }
    } else if (engine != Engine.POSTGRESQL) {
      session.pin(Pin.NAMESPACE, "jdbc");
    }
  }

  private void schema(String name) {
    if (engine == Engine.POSTGRESQL) {
      session.set("search_path", name == null ? null : quoted(name));
    } else {
      // Of the two MySQL drivers only Connector/J may change the database by it: "databaseTerm".
      session.pin(Pin.NAMESPACE, "jdbc");
    }
  }

  private void clientInfo(Connection connection) throws SQLException {
    if (engine == Engine.POSTGRESQL) {
      String name = connection.getClientInfo("ApplicationName");
      session.set("application_name", quoted(name == null ? "" : name));
    }
  }

  /** As a string of PostgreSQL whatever {@code standard_conforming_strings} is. */
  private static String quoted(String value) {
    String doubled = value.replace("'", "''");
    return value.indexOf('\\') < 0
        ? "'" + doubled + "'"
        : "E'" + doubled.replace("\\", "\\\\") + "'";
  }
}
