package legacy.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedWriter;
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

/**
 * Many threads that write and read registers over a pool, in autocommit mode and in transactions,
 * and keep a journal of it.
 *
 * <p>Arguments: JDBC URL, user, password, dialect, seed, least milliseconds, threads that only
 * read, threads that write too, file for the journal. {@link #create} makes its tables beforehand.
 * Prints what went wrong, if anything.
 *
 * <p>Two more, the number of this process and how many there are, when several do so on the same
 * tables: then it prints {@code ready} once it has connected, and begins after a line of input.
 */
public final class History {
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
    int part = args.length > 9 ? Integer.parseInt(args[9]) : 0;
    int parts = args.length > 9 ? Integer.parseInt(args[10]) : 1;
    History history = new History(part * NUMBERS);
    Registers registers = new Registers(part, parts);
    List<Client> clients = new ArrayList<Client>();
    try (HikariDataSource pool = pool(args, readers + writers, dialect)) {
      if (args.length > 9) {
        pool.getConnection().close();
        System.out.println("ready");
        int unused = System.in.read();
      }
      Enough enough = new Enough(millis);
      for (int i = 0; i < readers + writers; i++) {
        Client client =
            new Client(
                part * NUMBERS + i, seed, i >= readers, dialect, pool, registers, history, enough);
        clients.add(client);
        client.start();
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
    }
    return new HikariDataSource(config);
  }

  /** The tables, made anew, with all versions 0. */
  public static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String table : new String[] {"register", "pair", "account"}) {
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
