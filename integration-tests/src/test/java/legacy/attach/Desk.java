package legacy.attach;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/**
 * An application of a server with all that may be open on a connection while an agent is attached:
 * a transaction, a result that is read in parts, statements that were prepared, a pool. Goes on at
 * each line it is told, and says what it sees.
 *
 * <p>Arguments: URL, user, password, the class of an XA data source, and how often each way to
 * write is gone. Table: {@code ledger(id, way)} with 500 rows.
 */
public final class Desk {
  private static final int PART = 20;

  private static String url;
  private static String user;
  private static String password;

  private Desk() {}

  /** A write on one connection, in one of the ways there are. */
  private interface Write {
    void run(Connection on, PreparedStatement insert) throws SQLException;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    url = args[0];
    user = args[1];
    password = args[2];
    int rounds = Integer.parseInt(args[4]);
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword(password);
    config.setMaximumPoolSize(2);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection old = open();
        Connection open = open();
        Connection reading = open();
        PreparedStatement insert = old.prepareStatement("INSERT INTO ledger(way) VALUES (?)");
        PreparedStatement select = old.prepareStatement(Ledger.COUNT + " WHERE way <> ?");
        PreparedStatement parts = reading.prepareStatement("SELECT id FROM ledger ORDER BY id")) {
      insert.setString(1, "before");
      say("before", insert.executeUpdate() + " of " + Ledger.count(pool));
      open.setAutoCommit(false);
      say("open", update(open, "INSERT INTO ledger(way) VALUES ('kept')"));
      Savepoint point = open.setSavepoint("point");
      say("open", update(open, "INSERT INTO ledger(way) VALUES ('undone')"));
      reading.setAutoCommit(false);
      parts.setFetchSize(PART);
      ResultSet part = parts.executeQuery();
      int read = take(part, PART + PART / 2);
      say("ready", "");
      told.readLine();
      AtomicInteger rows = new AtomicInteger(Ledger.count(old));
      select.setString(1, "nothing");
      say("old", Ledger.number(select.executeQuery()) + " of " + rows);
      say("pool", Ledger.count(pool));
      say("in parts", read + take(part, Integer.MAX_VALUE));
      part.close();
      reading.commit();
      say("looking for new connections", "");
      do {
        try (Connection fresh = open()) {
          expect(rows.get(), Ledger.count(fresh));
        }
        Thread.sleep(2);
      } while (!told.ready());
      told.readLine();
      try (Connection fresh = open()) {
        open.rollback(point);
        say("open", update(open, "INSERT INTO ledger(way) VALUES ('kept')"));
        expect(rows.get(), Ledger.count(fresh));
        open.commit();
        expect(rows.addAndGet(2), Ledger.count(fresh));
        own(fresh, old);
        for (Write write : ways()) {
          int seen = 0;
          for (int i = 0; i < rounds; i++) {
            write.run(old, insert);
            int now = Ledger.count(fresh);
            seen += now == rows.get() + 1 ? 1 : 0;
            rows.set(now);
            Ledger.warm(fresh);
          }
          say("own writes seen", seen);
        }
        say("deleted", update(fresh, "DELETE FROM ledger WHERE way = 'batch'"));
        say("left", Ledger.count(fresh) + " " + Ledger.count(old) + " " + Ledger.count(pool));
        distributed(args[3], fresh);
      }
      int left = Ledger.count(old);
      say("the pool's connections come to their end", "");
      pool.getHikariPoolMXBean().softEvictConnections();
      do {
        try (Connection pooled = pool.getConnection();
            Statement statement = pooled.createStatement()) {
          // Of H2 these methods are final.
          boolean selected = statement.execute("SELECT count(way) FROM ledger");
          expect(-1, selected ? statement.getUpdateCount() : 0);
          expect(left, Ledger.number(statement.getResultSet()));
        }
        Thread.sleep(2);
      } while (!told.ready());
      told.readLine();
      insert.setString(1, "after");
      say("after", insert.executeUpdate() + " of " + Ledger.count(pool));
    }
    say("end", "");
  }

  private static Connection open() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  private static void say(String what, Object how) {
    System.out.println(what + ": " + how);
  }

  private static void expect(int rows, int seen) {
    if (rows != seen) {
      throw new IllegalStateException(seen + " in the place of " + rows);
    }
  }

  private static int take(ResultSet from, int most) throws SQLException {
    int taken = 0;
    while (taken < most && from.next()) {
      taken++;
    }
    return taken;
  }

  /** What is the driver's own goes on working on whatever it makes now. */
  private static void own(Connection fresh, Connection old) throws SQLException {
    Class<?> type = old.getClass();
    say("of the same class", type.isInstance(fresh) + " " + (fresh.unwrap(type) == fresh));
    say("same URL", fresh.getMetaData().getURL().equals(old.getMetaData().getURL()));
    for (Connection each : new Connection[] {old, fresh}) {
      tables(each.getMetaData());
      try (PreparedStatement prepared = each.prepareStatement(Ledger.COUNT + " WHERE id > ?")) {
        prepared.setInt(1, 0);
        for (int i = 0; i < 3; i++) {
          try (ResultSet result = prepared.executeQuery()) {
            say("prepared", result.next() + " " + (result.getStatement() == prepared));
            say("columns", prepared.getMetaData().getColumnCount());
          }
        }
        say("executed", prepared.execute() + " " + Ledger.number(prepared.getResultSet()));
      }
      try (Statement plain = each.createStatement()) {
        say("keys", plain.executeUpdate("INSERT INTO ledger(way) VALUES ('key')", 1));
        try (ResultSet keys = plain.getGeneratedKeys()) {
          say("a key", keys.next() && keys.getInt(1) > 0);
        }
        say("deleted", plain.executeUpdate("DELETE FROM ledger WHERE way = 'key'"));
        plain.closeOnCompletion();
        Ledger.number(plain.executeQuery(Ledger.COUNT));
        say("closed with its result", plain.isClosed());
      }
      try (Statement plain = each.createStatement()) {
        say("nowhere", plain.executeUpdate("INSERT INTO nowhere VALUES (1)"));
      } catch (SQLException e) {
        say("nowhere", e.getSQLState() + " " + e.getMessage().replaceAll("conn=\\d+", ""));
      }
      // Twice at most: H2 looks at the transactions of all sessions for it, which may end
      // meanwhile, and
      // takes its own NullPointerException for an answer (SessionLocal.hasPendingTransaction).
      boolean valid = false;
      for (int tries = 0; tries < 2 && !valid; tries++) {
        valid = each.isValid(60);
      }
      say("valid", valid + " " + each.getAutoCommit());
    }
    if (old.getMetaData().getDatabaseProductName().equals("H2")) {
      called(fresh, old);
    }
  }

  /** Of H2 callable statements are of a final class, and take any text. */
  private static void called(Connection fresh, Connection old) throws SQLException {
    for (Connection each : new Connection[] {old, fresh}) {
      int before = Ledger.count(fresh);
      try (PreparedStatement call = each.prepareCall("INSERT INTO ledger(way) VALUES (?)")) {
        call.setString(1, "call");
        say("called", call.executeUpdate());
        expect(before + 1, Ledger.count(fresh));
      }
      say("deleted", update(each, "DELETE FROM ledger WHERE way = 'call'"));
      expect(before, Ledger.count(fresh));
    }
  }

  private static void tables(DatabaseMetaData of) throws SQLException {
    String name = of.storesUpperCaseIdentifiers() ? "LEDGER" : "ledger";
    try (ResultSet tables = of.getTables(null, null, name, null)) {
      say("table", tables.next() + " " + tables.getString("TABLE_NAME"));
    }
  }

  private static void distributed(String source, Connection fresh) throws Exception {
    int before = Ledger.count(fresh);
    XADataSource made =
        Class.forName(source).asSubclass(XADataSource.class).getConstructor().newInstance();
    set(made, "setUrl", url);
    set(made, "setUser", user);
    set(made, "setPassword", password);
    XAConnection connection = made.getXAConnection();
    Connection branch = connection.getConnection();
    Branch id = new Branch();
    connection.getXAResource().start(id, XAResource.TMNOFLAGS);
    say(
        "branch",
        update(branch, "INSERT INTO ledger(way) VALUES ('branch')") + " " + Ledger.count(branch));
    connection.getXAResource().end(id, XAResource.TMSUCCESS);
    connection.getXAResource().commit(id, true);
    connection.close();
    expect(before + 1, Ledger.count(fresh));
  }

  private static void set(XADataSource source, String name, String value) throws Exception {
    Method method = source.getClass().getMethod(name, String.class);
    method.invoke(source, value);
  }

  private static Write[] ways() {
    return new Write[] {
      (on, insert) -> {
        insert.setString(1, "prepared");
        insert.executeUpdate();
      },
      (on, insert) -> update(on, "INSERT INTO ledger(way) VALUES ('plain')"),
      (on, insert) -> {
        insert.setString(1, "batch");
        insert.addBatch();
        insert.executeBatch();
      },
      (on, insert) -> {
        on.setAutoCommit(false);
        insert.setString(1, "transaction");
        insert.executeUpdate();
        on.commit();
        on.setAutoCommit(true);
      },
      (on, insert) -> {
        on.setAutoCommit(false);
        update(on, "INSERT INTO ledger(way) VALUES ('by the mode')");
        on.setAutoCommit(true);
      },
      (on, insert) -> {
        update(on, "BEGIN");
        insert.setString(1, "transaction by text");
        insert.executeUpdate();
        update(on, "COMMIT");
      }
    };
  }

  private static int update(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement()) {
      return statement.execute(sql) ? 0 : statement.getUpdateCount();
    }
  }
}
