package io.rwsplit.jdbc;

import io.rwsplit.engine.JdbcUrl;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MariaDB Connector/J's own object in place of a URL, {@code org.mariadb.jdbc.Configuration} of
 * versions 3 and 4, with which its data sources and its pool connect past {@code Driver.connect}.
 * Stateless; all fails with a RuntimeException or ReflectiveOperationException in a version that
 * has it otherwise.
 */
final class MariadbConfiguration {
  private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

  private MariadbConfiguration() {}

  /**
   * A URL that names the same server and database, as far as they can be compared, without
   * credentials; else null.
   */
  static String url(Object configuration) throws ReflectiveOperationException {
    String initial = configuration.toString();
    JdbcUrl parsed = JdbcUrl.parse(initial);
    if (parsed.fault() == null && !parsed.hosts().isEmpty()) {
      Map<String, String> none = new HashMap<>();
      none.put("user", null);
      none.put("password", null);
      return JdbcUrl.replaceParameters(initial, none);
    }
    List<?> addresses = (List<?>) call(configuration, "addresses");
    if (addresses == null || addresses.size() != 1) {
      return null;
    }
    Object address = addresses.get(0);
    Object host = address.getClass().getField("host").get(address);
    int port = address.getClass().getField("port").getInt(address);
    if (host == null) {
      return null;
    }
    String name = host.toString().indexOf(':') >= 0 ? "[" + host + "]" : host.toString();
    Object database = call(configuration, "database");
    return "jdbc:mariadb://" + name + ':' + port + '/' + (database == null ? "" : database);
  }

  /** Properties {@code user} and {@code password}, where it has them. */
  static Properties credentials(Object configuration) {
    Properties found = new Properties();
    for (String name : new String[] {"user", "password"}) {
      try {
        Object value = call(configuration, name);
        if (value != null) {
          found.setProperty(name, value.toString());
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        // Of a version that keeps them elsewhere.
        found.remove(name);
      }
    }
    return found;
  }

  /** The same with the server and database of a URL. */
  static Object to(Object configuration, String url) throws ReflectiveOperationException {
    JdbcUrl parsed = JdbcUrl.parse(url);
    int port = parsed.hosts().get(0).port();
    Object builder = call(configuration, "toBuilder");
    ClassLoader loader = configuration.getClass().getClassLoader();
    Class<?> type = Class.forName("org.mariadb.jdbc.HostAddress", true, loader);
    Object address = type.getMethod("from", String.class, int.class).invoke(null, host(url), port);
    Object all = Array.newInstance(type, 1);
    Array.set(all, 0, address);
    Method addresses = builder.getClass().getMethod("addresses", all.getClass());
    addresses.invoke(builder, all);
    if (!parsed.database().isEmpty()) {
      builder.getClass().getMethod("database", String.class).invoke(builder, parsed.database());
    }
    return call(builder, "build");
  }

  /** The host as it is written, for names are the resolver's affair. */
  private static String host(String url) {
    int start = url.indexOf("//") + 2;
    int end = start;
    while (end < url.length() && "/?".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(start, end);
    int bracket = authority.lastIndexOf(']');
    if (bracket > 0) {
      return authority.substring(1, bracket);
    }
    int colon = authority.indexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  /**
   * True when the driver's {@code Connection.reset} has the server forget its session: with {@code
   * useResetConnection}, on MariaDB from 10.2.22 and 10.3.13 on.
   */
  static boolean resetsSession(Connection connection) {
    try {
      DatabaseMetaData server = connection.getMetaData();
      return isReset(connection)
          && "MariaDB".equals(server.getDatabaseProductName())
          && isResetBy(server.getDatabaseProductVersion());
    } catch (SQLException e) {
      // It is closed: nobody uses the session any more.
      return false;
    }
  }

  private static boolean isReset(Connection connection) throws SQLException {
    try {
      Object configuration = call(call(connection, "getContext"), "getConf");
      return Boolean.TRUE.equals(call(configuration, "useResetConnection"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Version 2, which has all its options in its URL.
      String url = connection.getMetaData().getURL();
      return url != null && url.toLowerCase(Locale.ROOT).contains("useresetconnection=true");
    }
  }

  /**
   * What the driver asks about a server.
   *
   * @param version as the server says it, beginning with three numbers
   */
  static boolean isResetBy(String version) {
    Matcher numbers = VERSION.matcher(version == null ? "" : version);
    if (!numbers.find()) {
      return false;
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    int patch = Integer.parseInt(numbers.group(3));
    if (major != 10) {
      return major > 10;
    }
    return minor > 3 || (minor == 3 && patch >= 13) || (minor == 2 && patch >= 22);
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }
}
