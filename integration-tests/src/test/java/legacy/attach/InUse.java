package legacy.attach;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/**
 * Uses a driver, then attaches an agent to its own JVM, and goes on as another program once the
 * driver's new connections are managed. The JVM needs {@code jdk.attach.allowAttachSelf}.
 *
 * <p>Arguments: the agent's jar, that program's class, and its arguments, of which the first are
 * URL, user and password.
 */
public final class InUse {
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private InUse() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    String[] further = Arrays.copyOfRange(args, 2, args.length);
    try (Connection connection = open(further);
        Statement statement = connection.createStatement();
        PreparedStatement prepared = connection.prepareStatement("SELECT 1")) {
      statement.executeQuery("SELECT 1").close();
      prepared.executeQuery().close();
      DatabaseMetaData metaData = connection.getMetaData();
      metaData.getTables(null, null, "nothing", null).close();
    }
    attach(args[0], further);
    Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object) further);
  }

  /** Returns once new connections are managed. */
  static void attach(String jar, String[] connect) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(ProcessHandle.current().pid()));
    try {
      machine.loadAgent(jar);
    } finally {
      machine.detach();
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!isManaged(connect)) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException("new connections are as before");
      }
      Thread.sleep(5);
    }
  }

  private static boolean isManaged(String[] connect) throws SQLException {
    try (Connection fresh = open(connect)) {
      return fresh.getClass().getName().endsWith("$rwsplit");
    }
  }

  private static Connection open(String[] connect) throws SQLException {
    return DriverManager.getConnection(connect[0], connect[1], connect[2]);
  }
}
