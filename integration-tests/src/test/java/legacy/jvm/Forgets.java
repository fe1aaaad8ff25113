package legacy.jvm;

import java.sql.SQLException;
import legacy.HelloSqlite;

/**
 * Removes all system properties that the JDK does not need, as hardened launchers do, and reads.
 */
public final class Forgets {
  private Forgets() {}

  /** The argument is a JDBC URL. */
  public static void main(String[] args) throws SQLException {
    for (String name : System.getProperties().stringPropertyNames()) {
      if (!name.startsWith("java.") && !name.startsWith("os.") && !name.startsWith("sun.")) {
        System.clearProperty(name);
      }
    }
    HelloSqlite.main(args);
  }
}
