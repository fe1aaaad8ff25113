package legacy.files;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.BusyHandler;
import org.sqlite.Collation;
import org.sqlite.Function;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.core.DB;

/** What sqlite-jdbc has beyond JDBC. */
final class DriverCalls {
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static byte[] image;

  private DriverCalls() {}

  /** A connection to the file from a data source whose config has the properties. */
  static Connection fromDataSource(String file, Properties properties) throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource(new SQLiteConfig(properties));
    source.setUrl("jdbc:sqlite:" + file);
    return source.getConnection();
  }

  static String run(Connection connection, String call) throws SQLException {
    SQLiteConnection own = (SQLiteConnection) connection;
    DB database = own.getDatabase();
    String[] words = call.split(" ", -1);
    switch (words[0]) {
      case "function":
        Function.create(connection, words[1], new Constant());
        return "created";
      case "destroy":
        Function.destroy(connection, words[1]);
        return "destroyed";
      case "aggregate":
        Function.create(connection, words[1], new Thousand());
        return "created";
      case "window":
        Function.create(connection, words[1], new ThousandWindow());
        return "created";
      case "collation":
        Collation.create(connection, words[1], new Backwards());
        return "created";
      case "progress":
        return interrupted(connection, words[1].equals("stop"));
      case "noprogress":
        ProgressHandler.clearHandler(connection);
        return "cleared";
      case "busy":
        BusyHandler.setHandler(connection, new NeverWait());
        return "set";
      case "listeners":
        CALLS.set(0);
        own.addUpdateListener((type, name, table, row) -> CALLS.incrementAndGet());
        own.addCommitListener(new Counting());
        return "added";
      case "calls":
        return "" + CALLS.getAndSet(0);
      case "extensions":
        database.enable_load_extension(true);
        return "enabled";
      case "backup":
        return "" + database.backup("main", words[1], null);
      case "restore":
        return "" + database.restore("main", words[1], null);
      case "serialize":
        image = own.serialize("main");
        return image.length > 0 ? "bytes" : "none";
      case "deserialize":
        own.deserialize("main", image);
        return "done";
      case "exec":
        return "" + database._exec(call.substring("exec ".length()));
      default:
        throw new IllegalArgumentException(call);
    }
  }

  private static String interrupted(Connection connection, boolean stop) throws SQLException {
    ProgressHandler.setHandler(
        connection,
        100,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return stop ? 1 : 0;
          }
        });
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                    + " SELECT count(*), (SELECT count(*) FROM t) > 0 FROM n")) {
      rows.next();
      return "counted " + rows.getInt(1);
    }
  }

  /** Waits for nothing. */
  private static final class NeverWait extends BusyHandler {
    @Override
    protected int callback(int previous) {
      return 0;
    }
  }

  private static final class Counting implements SQLiteCommitListener {
    @Override
    public void onCommit() {
      CALLS.addAndGet(1000);
    }

    @Override
    public void onRollback() {
      CALLS.addAndGet(1_000_000);
    }
  }

  private static final class Constant extends Function {
    @Override
    protected void xFunc() throws SQLException {
      result("application's own of " + args());
    }
  }

  private static class Thousand extends Function.Aggregate {
    private int steps;

    @Override
    protected void xStep() {
      steps++;
    }

    @Override
    protected void xFinal() throws SQLException {
      result(steps > 0 ? 1000 : 0);
    }
  }

  private static final class ThousandWindow extends Function.Window {
    @Override
    protected void xStep() {}

    @Override
    protected void xInverse() {}

    @Override
    protected void xValue() throws SQLException {
      result(1000);
    }

    @Override
    protected void xFinal() throws SQLException {
      result(1000);
    }
  }

  private static final class Backwards extends Collation {
    @Override
    protected int xCompare(String a, String b) {
      return b.compareTo(a);
    }
  }
}
