package legacy.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import legacy.chaos.Strikes;

/**
 * Many threads that write and read registers over a pool, in autocommit mode and in transactions,
 * and keep a journal of it.
 *
 * <p>Arguments: JDBC URL, user, password, dialect, seed, least milliseconds, threads that only
 * read, threads that write too, file for the journal. {@link #create} makes its tables beforehand.
 * Prints what went wrong, if anything.
 *
 * <p>Three more when several processes do so on the same tables: the number of this one, and which
 * part of how many (three at most) of the registers it writes. Then it prints {@code ready} once it
 * has connected, begins after a line of input, and ends after another, or after a minute; asked
 * {@code how far} meanwhile, it prints {@code so far} with a mark of the question and the number of
 * its reads and writes, or {@code all} when it has stopped by itself.
 */
public final class History {
  /** The tables are linked to others, see {@link #link}. */
  static final boolean LINKED = Boolean.getBoolean("legacy.history.linked");

  static final int REGISTERS = 8;
  static final int PAIRS = 3;
  static final int ACCOUNTS = 6;
  static final int BALANCE = 100;

  /** More than the threads or connections of one process. */
  private static final int NUMBERS = 100_000;

  private final IdentityHashMap<Connection, Integer> connections =
      new IdentityHashMap<Connection, Integer>();

  private final int firstNumber;

  private History(int firstNumber) {
    this.firstNumber = firstNumber;
  }

  public static void main(String[] args) throws Exception {
    Dialect dialect = Dialect.valueOf(args[3].toUpperCase(Locale.ROOT));
    long seed = Long.parseLong(args[4]);
    long millis = Long.parseLong(args[5]);
    int readers = Integer.parseInt(args[6]);
    int writers = Integer.parseInt(args[7]);
    int number = args.length > 9 ? Integer.parseInt(args[9]) : 0;
    int part = args.length > 9 ? Integer.parseInt(args[10]) : 0;
    int parts = args.length > 9 ? Integer.parseInt(args[11]) : 1;
    History history = new History(number * NUMBERS);
    // Above those of a process before that wrote the same part.
    Registers registers = new Registers(part, parts, number * 1000000L);
    List<Client> clients = new ArrayList<Client>();
    try (HikariDataSource pool = pool(args, readers + writers, dialect)) {
      BufferedReader orders = null;
      if (args.length > 9) {
        pool.getConnection().close();
        System.out.println("ready");
        orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String unused = orders.readLine();
      }
      // Where there are any: the pool has opened a connection, so the agent has started.
      Strikes.begin();
      Enough enough = new Enough(millis);
      for (int i = 0; i < readers + writers; i++) {
        Client client =
            new Client(
                number * NUMBERS + i,
                seed,
                i >= readers,
                dialect,
                pool,
                registers,
                history,
                enough);
        clients.add(client);
        client.start();
      }
      if (orders != null) {
        String order = orders.readLine();
        while (order != null && order.startsWith("how far ")) {
          String steps = enough.isReached() ? "all" : String.valueOf(enough.steps());
          System.out.println("so far " + order.substring("how far ".length()) + " " + steps);
          order = orders.readLine();
        }
        enough.end();
      }
      for (Client client : clients) {
        client.join();
      }
    }
    try (Writer out =
        new BufferedWriter(
            new OutputStreamWriter(
                Files.newOutputStream(Paths.get(args[8])), StandardCharsets.UTF_8))) {
      for (Client client : clients) {
        client.journal().print(out);
      }
    }
    for (Client client : clients) {
      if (client.failure() != null) {
        client.failure().printStackTrace();
        System.out.println("failed: " + client.failure());
      }
    }
  }

  private static HikariDataSource pool(String[] args, int size, Dialect dialect) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(args[0]);
    if (!args[1].isEmpty()) {
      config.setUsername(args[1]);
      config.setPassword(args[2]);
    }
    // Fewer than threads, so that connections change hands.
    config.setMaximumPoolSize(Math.max(2, size - 2));
    config.setConnectionTimeout(60000);
    if (dialect == Dialect.SQLITE) {
      config.addDataSourceProperty("busy_timeout", "30000");
      config.addDataSourceProperty("journal_mode", "WAL");
      config.addDataSourceProperty("synchronous", "OFF");
      config.addDataSourceProperty("foreign_keys", String.valueOf(LINKED));
    }
    return new HikariDataSource(config);
  }

  /** The tables, made anew, with all versions 0. */
  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String view : new String[] {"register_view", "pair_view"}) {
        statement.executeUpdate("DROP VIEW IF EXISTS " + view);
      }
      for (String table : new String[] {"child", "mirror", "register", "pair", "account"}) {
        statement.executeUpdate("DROP TABLE IF EXISTS " + table);
      }
      statement.executeUpdate("CREATE TABLE register(id INTEGER PRIMARY KEY, version BIGINT)");
      statement.executeUpdate(
          "CREATE TABLE pair(id INTEGER, side INTEGER, version BIGINT, PRIMARY KEY(id, side))");
      statement.executeUpdate("CREATE TABLE account(id INTEGER PRIMARY KEY, balance BIGINT)");
      for (int i = 0; i < REGISTERS; i++) {
        statement.executeUpdate("INSERT INTO register VALUES (" + i + ", 0)");
      }
      for (int i = 0; i < PAIRS; i++) {
        statement.executeUpdate("INSERT INTO pair VALUES (" + i + ", 0, 0), (" + i + ", 1, 0)");
      }
      for (int i = 0; i < ACCOUNTS; i++) {
        statement.executeUpdate("INSERT INTO account VALUES (" + i + ", " + BALANCE + ")");
      }
    }
  }

  /**
   * Links the tables of {@link #create} to others that show the same: by a trigger, a foreign key
   * that cascades, and views. The program reads those, too, with {@code -Dlegacy.history.linked}.
   *
   * @param dialect as the program's argument
   */
  public static void link(Connection connection, String dialect) throws SQLException {
    String change = "UPDATE mirror SET version = NEW.version WHERE id = NEW.id;";
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE mirror(id INTEGER PRIMARY KEY, version BIGINT)");
      statement.executeUpdate("INSERT INTO mirror SELECT id, version FROM register");
      statement.executeUpdate("CREATE UNIQUE INDEX both_of_register ON register(id, version)");
      statement.executeUpdate(
          "CREATE TABLE child(id INTEGER, version BIGINT, FOREIGN KEY (id, version)"
              + " REFERENCES register(id, version) ON UPDATE CASCADE)");
      statement.executeUpdate("INSERT INTO child SELECT id, version FROM register");
      statement.executeUpdate("CREATE VIEW register_view AS SELECT id, version FROM mirror");
      statement.executeUpdate("CREATE VIEW pair_view AS SELECT id, side, version FROM pair");
      if (dialect.equals("postgresql")) {
        statement.executeUpdate(
            "CREATE OR REPLACE FUNCTION to_mirror() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                + change
                + " RETURN NEW; END $$");
      }
      statement.executeUpdate(
          "CREATE TRIGGER to_mirror AFTER UPDATE ON register FOR EACH ROW "
              + (dialect.equals("postgresql")
                  ? "EXECUTE FUNCTION to_mirror()"
                  : "BEGIN " + change + " END"));
    }
  }

  /** A number for the driver's own connection behind the pool's. */
  int numberOf(Connection pooled) throws SQLException {
    Connection own = pooled.unwrap(Connection.class);
    synchronized (connections) {
      Integer number = connections.get(own);
      if (number == null) {
        number = firstNumber + connections.size();
        connections.put(own, number);
      }
      return number;
    }
  }
}
