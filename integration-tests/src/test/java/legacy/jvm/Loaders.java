package legacy.jvm;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CyclicBarrier;

/** As an application server starts: several threads load a driver each by a loader of their own. */
public final class Loaders {
  private static final int THREADS = 6;

  private Loaders() {}

  /** The argument is a JDBC URL of SQLite. */
  public static void main(String[] args) throws Exception {
    URL[] path = path();
    CyclicBarrier together = new CyclicBarrier(THREADS);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Thread thread = new Thread(() -> read(path, together, args[0]));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static URL[] path() throws MalformedURLException {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      String name = new File(entry).getName();
      if (name.startsWith("sqlite-jdbc") || name.startsWith("slf4j-api")) {
        path.add(new File(entry).toURI().toURL());
      }
    }
    return path.toArray(new URL[0]);
  }

  private static void read(URL[] path, CyclicBarrier together, String url) {
    ClassLoader loader = new URLClassLoader(path, ClassLoader.getSystemClassLoader().getParent());
    try {
      together.await();
      Driver driver =
          Class.forName("org.sqlite.JDBC", true, loader)
              .asSubclass(Driver.class)
              .getDeclaredConstructor()
              .newInstance();
      read(driver, url);
    } catch (Exception e) {
      System.out.println(e);
    }
  }

  private static void read(Driver driver, String url) throws SQLException {
    try (Connection connection = driver.connect(url, new Properties());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
      System.out.println("read " + rows.getInt(1));
    }
  }
}
