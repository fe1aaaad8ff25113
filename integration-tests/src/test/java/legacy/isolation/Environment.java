package legacy.isolation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Uses a database, then configures the JVM as applications do in their main method, and prints what
 * came of it and what the JVM looks like.
 *
 * <p>Arguments: JDBC URL.
 */
public final class Environment {
  /** An application's own log manager. */
  public static final class OwnLogManager extends LogManager {}

  private Environment() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS t(a, b)");
      for (int i = 0; i < 50; i++) {
        statement.executeUpdate("INSERT INTO t VALUES (" + i + ", 'x')");
        read(statement, i);
      }
      for (int i = 0; i < 300; i++) {
        read(statement, i % 50);
        Thread.sleep(2);
      }
    }
    // Set now: who used logging or the time zone before has fixed the defaults.
    System.setProperty("java.util.logging.manager", OwnLogManager.class.getName());
    System.out.println("log manager " + LogManager.getLogManager().getClass().getName());
    System.out.println("root handlers " + Logger.getLogger("").getHandlers().length);
    System.setProperty("user.timezone", "Pacific/Chatham");
    System.out.println("time zone " + TimeZone.getDefault().getID());
    for (Map.Entry<Object, Object> each : new TreeMap<>(System.getProperties()).entrySet()) {
      if (!each.getKey().toString().startsWith("rwsplit.")) {
        System.out.println("property " + each.getKey() + "=" + each.getValue());
      }
    }
    Thread thread = Thread.currentThread();
    System.out.println("context loader " + thread.getContextClassLoader().getClass().getName());
    System.out.println("uncaught handler " + Thread.getDefaultUncaughtExceptionHandler());
    System.out.println("login timeout " + DriverManager.getLoginTimeout());
    System.out.println("log writer " + DriverManager.getLogWriter());
    for (String name :
        new String[] {"io.rwsplit.core.Launcher", "net.sf.jsqlparser.JSQLParserException"}) {
      System.out.println(name + " " + isVisible(name));
    }
    for (Thread each : Thread.getAllStackTraces().keySet()) {
      if (!each.isDaemon() && !each.getName().equals("DestroyJavaVM") && each != thread) {
        System.out.println("user thread " + each.getName());
      }
      if (each.getName().startsWith("rwsplit-") && each.getContextClassLoader() != null) {
        System.out.println("context loader of " + each.getName());
      }
    }
  }

  private static void read(Statement statement, int key) throws SQLException {
    try (ResultSet result =
        statement.executeQuery(
            "SELECT a, (SELECT max(b) FROM t u WHERE u.a <= t.a) FROM t LEFT JOIN"
                + " (SELECT a AS c FROM t) ON c = a WHERE a = "
                + key)) {
      result.next();
    }
  }

  private static boolean isVisible(String name) {
    try {
      Class.forName(name);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
