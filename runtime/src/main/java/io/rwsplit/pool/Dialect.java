package io.rwsplit.pool;

import io.rwsplit.session.Setting;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** How a connection tells what a setting is, in a text that sets it so again. Thread-safe. */
enum Dialect {
  SQLITE {
    @Override
    Setting readSql(Connection connection, String key) throws SQLException {
      return Setting.sql(key, "PRAGMA " + key + "=" + query(connection, "PRAGMA " + key));
    }
  },
  POSTGRESQL {
    @Override
    Setting readSql(Connection connection, String key) throws SQLException {
      String value = query(connection, "SELECT current_setting('" + key + "', true)");
      if (value == null) {
        return Setting.sql(key, "RESET " + key);
      }
      return Setting.sql(key, "SELECT set_config('" + key + "'," + quoted(value) + ",false)");
    }

    private String quoted(String value) {
      String doubled = value.replace("'", "''");
      return value.indexOf('\\') < 0
          ? "'" + doubled + "'"
          : "E'" + doubled.replace("\\", "\\\\") + "'";
    }
  },
  MYSQL {
    @Override
    Setting readSql(Connection connection, String key) throws SQLException {
      switch (key) {
        case "charset":
          StringBuilder all = new StringBuilder("SET ");
          for (String name : CHARSET) {
            String value = query(connection, "SELECT @@session." + name);
            all.append(all.length() > 4 ? ", " : "").append(name).append(" = ").append(word(value));
          }
          return Setting.sql(key, all.toString());
        case "role":
          String role = query(connection, "SELECT CURRENT_ROLE()");
          boolean none = role == null || role.equals("NONE");
          boolean quoted = !none && role.indexOf('`') >= 0;
          return Setting.sql(key, "SET ROLE " + (none ? "NONE" : quoted ? role : "`" + role + "`"));
        default:
          String now = query(connection, "SELECT @@session." + key);
          return Setting.sql(key, "SET SESSION " + key + " = " + word(now));
      }
    }

    private String word(String value) {
      if (value == null) {
        return "NULL";
      }
      boolean number = !value.isEmpty();
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        number &= (c >= '0' && c <= '9') || c == '.';
      }
      return number ? value : "'" + value.replace("'", "''") + "'";
    }
  };

  private static final String[] CHARSET = {
    "character_set_client",
    "character_set_results",
    "character_set_connection",
    "collation_connection"
  };

  /** The dialect of the connection's server. */
  static Dialect of(Connection connection) throws SQLException {
    String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    if (product.contains("postgres")) {
      return POSTGRESQL;
    }
    return product.contains("sqlite") ? SQLITE : MYSQL;
  }

  /** What the connection has now. */
  Setting read(Connection connection, Setting setting) throws SQLException {
    switch (setting.way()) {
      case CATALOG:
        return Setting.catalog(connection.getCatalog());
      case ISOLATION:
        return Setting.number(setting.way(), connection.getTransactionIsolation());
      case NETWORK_TIMEOUT:
        return Setting.number(setting.way(), connection.getNetworkTimeout());
      case HOLDABILITY:
        return Setting.number(setting.way(), connection.getHoldability());
      case DATA_TYPE:
        return Setting.dataType(setting.text(), DataTypes.of(connection, setting.text()));
      default:
        return readSql(connection, setting.key());
    }
  }

  /** {@link #read} of a setting that is a SQL text. */
  abstract Setting readSql(Connection connection, String key) throws SQLException;

  /** True when the setting's text sets several variables, each of which is to be led back. */
  boolean isGroup(Setting setting) {
    return setting.key().equals("charset");
  }

  /** Runs a text that sets something. */
  void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getString(1) : null;
    }
  }
}
