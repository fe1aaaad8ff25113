package io.rwsplit.core;

import io.rwsplit.engine.Engine;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;

/**
 * The time zone of the JVM as a connection was opened, where a driver keeps it. An application may
 * change it between its own connections and those to replicas, whose rows would then show other
 * times.
 *
 * <ul>
 *   <li>pgjdbc sends it, and it is the session's ({@code ConnectionFactoryImpl}).
 *   <li>MySQL's driver converts times by it ({@code NativeServerSession}, in 5.1 {@code
 *       ConnectionImpl}), as MariaDB's does before 3 ({@code AbstractConnectProtocol}).
 *   <li>MariaDB's from 3 on asks the JVM each time; H2's fixes it for the JVM's life.
 * </ul>
 */
final class StartZone {
  /** Among the properties of a way to connect; no driver is given it. */
  static final String PROPERTY = "rwsplit.start-zone";

  private static final String INDIFFERENT = "org.mariadb.jdbc.Connection";

  /** Of MySQL's driver: sends the zone to the server, too. */
  private static final String FORCED = "forceconnectiontimezonetosession";

  private StartZone() {}

  /**
   * The properties of a way to connect, with the zone that this connection of it has got.
   *
   * @param connection just opened
   */
  static Properties noted(Engine engine, Connection connection, Properties plain) {
    String zone = null;
    if (engine == Engine.POSTGRESQL) {
      zone = ofPostgres(connection);
    } else if (engine.isServer() && engine != Engine.H2 && keepsZone(connection)) {
      zone = TimeZone.getDefault().getID();
    }
    if (zone != null) {
      plain.setProperty(PROPERTY, zone);
    }
    return plain;
  }

  /**
   * Gives a connection to a replica the zone of its way, where it was opened in another one.
   *
   * @param url by which it was opened
   * @throws SQLException when it cannot be given
   */
  static void give(Engine engine, Connection connection, String url, Properties way)
      throws SQLException {
    String zone = way.getProperty(PROPERTY);
    if (zone == null) {
      return;
    }
    if (engine == Engine.POSTGRESQL) {
      toPostgres(connection, zone);
    } else if (!zone.equals(TimeZone.getDefault().getID())) {
      toMysql(connection, url, zone);
    }
  }

  private static void toPostgres(Connection connection, String zone) throws SQLException {
    if (zone.equals(ofPostgres(connection))) {
      return;
    }
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT pg_catalog.set_config('TimeZone', ?, false)")) {
      statement.setString(1, zone);
      statement.executeQuery().close();
    }
  }

  private static void toMysql(Connection connection, String url, String zone) throws SQLException {
    try {
      if (!url.toLowerCase(Locale.ROOT).contains(FORCED)) {
        Object session = call(call(connection, "getSession"), "getServerSession");
        TimeZone opened = (TimeZone) call(session, "getDefaultTimeZone");
        Field kept = session.getClass().getDeclaredField("defaultTimeZone");
        kept.setAccessible(true);
        TimeZone given = TimeZone.getTimeZone(zone);
        kept.set(session, given);
        if (opened.equals(call(session, "getSessionTimeZone"))) {
          session.getClass().getMethod("setSessionTimeZone", TimeZone.class).invoke(session, given);
        }
        return;
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw refused(zone, e);
    }
    throw refused(zone, null);
  }

  private static SQLException refused(String zone, Throwable cause) {
    return new SQLException(
        "the application's connections were opened in the time zone "
            + zone
            + ", and the JVM's is "
            + TimeZone.getDefault().getID()
            + " now",
        "08001",
        cause);
  }

  private static Object call(Object of, String method) throws ReflectiveOperationException {
    return of.getClass().getMethod(method).invoke(of);
  }

  private static boolean keepsZone(Connection connection) {
    for (Class<?> type = connection.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(INDIFFERENT)) {
        return false;
      }
    }
    return true;
  }

  /** As the server has reported it, without asking it. */
  private static String ofPostgres(Connection connection) {
    try {
      return (String)
          connection
              .getClass()
              .getMethod("getParameterStatus", String.class)
              .invoke(connection, "TimeZone");
    } catch (NoSuchMethodException e) {
      // pgjdbc before 42.2.6
      return sent(TimeZone.getDefault().getID());
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  /** POSIX counts offsets the other way round. */
  private static String sent(String id) {
    if (id.startsWith("GMT+")) {
      return "GMT-" + id.substring(4);
    }
    return id.startsWith("GMT-") ? "GMT+" + id.substring(4) : id;
  }
}
