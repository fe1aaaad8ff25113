package legacy.jvm;

import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Properties;

/**
 * An application with a driver that is in use before an agent is attached, and one that it loads
 * afterwards in a loader of its own, as a server does with a new web application.
 *
 * <p>Arguments: a JDBC URL for the one, a JDBC URL for the other, the jar of the driver, as paths.
 * Goes on at each line it is told.
 */
public final class Attached {
  private Attached() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    ClassLoader ours = Attached.class.getClassLoader();
    try (Connection before = driver(ours).connect(args[0], new Properties())) {
      use(before, "before");
      System.out.println("ready");
      told.readLine();
      use(before, "old connection");
      try (Connection after = driver(ours).connect(args[0], new Properties())) {
        use(after, "new connection of the old driver");
      }
    }
    String[] jars = args[2].split(File.pathSeparator, -1);
    URL[] urls = new URL[jars.length];
    for (int i = 0; i < jars.length; i++) {
      urls[i] = new File(jars[i]).toURI().toURL();
    }
    try (URLClassLoader other =
            new URLClassLoader(urls, ClassLoader.getSystemClassLoader().getParent());
        Connection connection = driver(other).connect(args[1], new Properties())) {
      use(connection, "new driver");
      System.out.println("used");
      do {
        read(connection);
        Thread.sleep(1);
      } while (!told.ready());
      told.readLine();
      use(connection, "new driver");
    }
    System.out.println("end");
  }

  private static Driver driver(ClassLoader loader) throws ReflectiveOperationException {
    return Class.forName("org.sqlite.JDBC", true, loader)
        .asSubclass(Driver.class)
        .getDeclaredConstructor()
        .newInstance();
  }

  private static void use(Connection connection, String who) throws Exception {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO ledger(way) VALUES ('" + who + "')");
    }
    int rows = 0;
    for (int i = 0; i < 100; i++) {
      rows += read(connection);
    }
    System.out.println(who + " " + rows);
  }

  private static int read(Connection connection) throws Exception {
    int rows = 0;
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT id, way FROM ledger")) {
      while (result.next()) {
        rows++;
      }
    }
    return rows;
  }
}
