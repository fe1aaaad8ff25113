package legacy.h2;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.h2.tools.Server;

/**
 * Three H2 servers in a process of their own, and a replication such as somebody may have set up:
 * what was committed on the first is applied on the others in the order of commits, one transaction
 * for all that a look has found, after a delay. A job keeps counting in the table {@code
 * heartbeat}. Arguments: names of tables with columns {@code id}, {@code v} and {@code name}, or
 * with a space and three columns of their own, the first being the key {@code id}.
 *
 * <p>Prints the three ports. Lines of input: {@code delay <milliseconds>} of the second replica.
 */
public final class Replication {
  private static final String COLUMNS = " (id INT PRIMARY KEY, v BIGINT, name VARCHAR(20))";

  private static volatile long delayMillis;
  private static Connection master;
  private static String[] tables;
  private static String[] columns;

  private Replication() {}

  private static final class Change {
    String table;
    Object id;
    Object v;
    Object name;
    boolean gone;
  }

  /** What one look has found. */
  private static final class Look {
    final List<Change> changes;
    final long due;

    Look(List<Change> changes, long millis) {
      this.changes = changes;
      this.due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
  }

  public static void main(String[] args) throws Exception {
    tables = new String[args.length + 1];
    columns = new String[args.length + 1];
    for (int i = 0; i < args.length; i++) {
      int space = args[i].indexOf(' ');
      tables[i] = space < 0 ? args[i] : args[i].substring(0, space);
      columns[i] = space < 0 ? COLUMNS : args[i].substring(space);
    }
    tables[args.length] = "heartbeat";
    columns[args.length] = COLUMNS;
    List<Connection> nodes = new ArrayList<>();
    StringBuilder ports = new StringBuilder("ports");
    for (int i = 0; i < 3; i++) {
      Server server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists", "-tcpDaemon").start();
      ports.append(' ').append(server.getPort());
      nodes.add(open(i));
      prepare(nodes.get(i), i == 0);
    }
    master = nodes.get(0);
    List<BlockingQueue<Look>> queues = new ArrayList<>();
    for (int i = 1; i < 3; i++) {
      BlockingQueue<Look> queue = new LinkedBlockingQueue<>();
      queues.add(queue);
      Connection replica = nodes.get(i);
      start("applies " + i, () -> apply(queue.take(), replica));
    }
    start("copies", () -> copy(queues));
    Connection job = open(0);
    start("beats", () -> beat(job));
    System.out.println(ports);
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      delayMillis = Long.parseLong(line.substring("delay ".length()));
      System.out.println(line);
    }
  }

  private static Connection open(int node) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:mem:node" + node + ";DB_CLOSE_DELAY=-1", "app", "app");
  }

  private static void prepare(Connection node, boolean first) throws SQLException {
    try (Statement statement = node.createStatement()) {
      for (int i = 0; i < tables.length; i++) {
        statement.execute("CREATE TABLE " + tables[i] + columns[i]);
      }
      statement.execute("INSERT INTO heartbeat VALUES (1, 1, 'beat')");
      statement.execute("CREATE SEQUENCE numbers");
      statement.execute(
          "CREATE ALIAS draw AS 'long draw(java.sql.Connection c) throws java.sql.SQLException {"
              + " try (java.sql.Statement s = c.createStatement()) {"
              + " s.executeUpdate(\"UPDATE draws SET v = v + 1\");"
              + " try (java.sql.ResultSet r = s.executeQuery(\"SELECT v FROM draws\")) {"
              + " r.next(); return r.getLong(1); } } }'");
      statement.execute("CREATE TABLE draws" + COLUMNS);
      statement.execute("INSERT INTO draws VALUES (1, 0, 'd')");
      statement.execute("CREATE VIEW drawn AS SELECT draw() AS d");
      if (first) {
        statement.execute(
            "CREATE TABLE changes (n BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                + " t VARCHAR, id INT, v BIGINT, name VARCHAR, gone BOOLEAN)");
        for (String table : tables) {
          statement.execute(
              "CREATE TRIGGER log_"
                  + table
                  + " AFTER INSERT, UPDATE, DELETE ON "
                  + table
                  + " FOR EACH ROW CALL 'legacy.h2.ChangeLog'");
        }
      }
    }
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void start(String name, Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  work.run();
                }
              } catch (Exception e) {
                e.printStackTrace();
                System.exit(1);
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void beat(Connection job) throws Exception {
    try (Statement statement = job.createStatement()) {
      statement.executeUpdate("UPDATE heartbeat SET v = v + 1");
    }
    Thread.sleep(4);
  }

  /** One query sees one state: all that is committed, and nothing else. */
  private static void copy(List<BlockingQueue<Look>> queues) throws Exception {
    List<Change> found = new ArrayList<>();
    List<Long> numbers = new ArrayList<>();
    try (Statement statement = master.createStatement();
        ResultSet row = statement.executeQuery("SELECT * FROM changes ORDER BY n")) {
      while (row.next()) {
        Change change = new Change();
        numbers.add(row.getLong(1));
        change.table = row.getString(2);
        change.id = row.getObject(3);
        change.v = row.getObject(4);
        change.name = row.getObject(5);
        change.gone = row.getBoolean(6);
        found.add(change);
      }
    }
    try (PreparedStatement delete = master.prepareStatement("DELETE FROM changes WHERE n = ?")) {
      for (Long number : numbers) {
        delete.setLong(1, number);
        delete.executeUpdate();
      }
    }
    if (!found.isEmpty()) {
      queues.get(0).add(new Look(found, 0));
      queues.get(1).add(new Look(found, delayMillis));
    }
    Thread.sleep(2);
  }

  private static void apply(Look look, Connection replica) throws Exception {
    TimeUnit.NANOSECONDS.sleep(look.due - System.nanoTime());
    replica.setAutoCommit(false);
    for (Change change : look.changes) {
      String sql =
          change.gone
              ? "DELETE FROM " + change.table + " WHERE id = ?"
              : "MERGE INTO " + change.table + " KEY (id) VALUES (?, ?, ?)";
      try (PreparedStatement statement = replica.prepareStatement(sql)) {
        statement.setObject(1, change.id);
        if (!change.gone) {
          statement.setObject(2, change.v);
          statement.setObject(3, change.name);
        }
        statement.executeUpdate();
      }
    }
    replica.commit();
  }
}
