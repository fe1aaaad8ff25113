package legacy.attach;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.sqlite.SQLiteConnection;
import org.sqlite.jdbc4.JDBC4Connection;
import org.sqlite.jdbc4.JDBC4PreparedStatement;
import org.sqlite.jdbc4.JDBC4Statement;

/**
 * An application with a pool and with connections of its own that are in use before an agent is
 * attached. Goes on at each line it is told.
 *
 * <p>Arguments: the JDBC URL, and how often each way to write is gone.
 */
public final class Shop {
  private Shop() {}

  /** A write on one connection, in one of the ways there are. */
  private interface Write {
    void run(Connection on, PreparedStatement insert) throws SQLException;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    BufferedReader told =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    int rounds = Integer.parseInt(args[1]);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(args[0]);
    config.setMaximumPoolSize(2);
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection old = DriverManager.getConnection(args[0]);
        PreparedStatement insert = old.prepareStatement("INSERT INTO ledger(way) VALUES (?)");
        PreparedStatement select = old.prepareStatement(Ledger.COUNT + " WHERE way <> ?")) {
      insert.setString(1, "before");
      System.out.println("before: " + insert.executeUpdate() + " of " + Ledger.count(pool));
      System.out.println("ready");
      told.readLine();
      AtomicInteger rows = new AtomicInteger(Ledger.count(old));
      select.setString(1, "nothing");
      System.out.println("old: " + Ledger.number(select.executeQuery()) + " of " + rows);
      System.out.println("pool: " + Ledger.count(pool));
      System.out.println("looking for new connections");
      do {
        try (Connection fresh = DriverManager.getConnection(args[0])) {
          expect(rows.get(), Ledger.count(fresh));
        }
        Thread.sleep(2);
      } while (!told.ready());
      told.readLine();
      try (Connection fresh = DriverManager.getConnection(args[0])) {
        own(fresh);
        for (Write write : ways()) {
          int seen = 0;
          for (int i = 0; i < rounds; i++) {
            write.run(old, insert);
            int now = Ledger.count(fresh);
            seen += now == rows.get() + 1 ? 1 : 0;
            rows.set(now);
            Ledger.warm(fresh);
          }
          System.out.println("own writes seen: " + seen);
        }
        try (Statement statement = fresh.createStatement()) {
          System.out.println(statement.executeUpdate("DELETE FROM ledger WHERE way = 'batch'"));
        }
        System.out.println(
            "left: " + Ledger.count(fresh) + " " + Ledger.count(old) + " " + Ledger.count(pool));
      }
      int left = Ledger.count(old);
      System.out.println("the pool's connections come to their end");
      pool.getHikariPoolMXBean().softEvictConnections();
      do {
        try (Connection pooled = pool.getConnection();
            Statement statement = pooled.createStatement()) {
          expect(left, Ledger.number(statement.executeQuery("SELECT count(way) FROM ledger")));
        }
        Thread.sleep(2);
      } while (!told.ready());
      told.readLine();
      insert.setString(1, "after");
      System.out.println("after: " + insert.executeUpdate() + " of " + Ledger.count(pool));
    }
    System.out.println("end");
  }

  private static void expect(int rows, int seen) {
    if (rows != seen) {
      throw new IllegalStateException(seen + " in the place of " + rows);
    }
  }

  /** What is the driver's own goes on working on whatever it makes now. */
  private static void own(Connection fresh) throws SQLException {
    System.out.println(
        (fresh instanceof JDBC4Connection)
            + " "
            + (fresh.unwrap(SQLiteConnection.class) == fresh)
            + " "
            + ((SQLiteConnection) fresh).getBusyTimeout());
    try (Statement plain = fresh.createStatement();
        PreparedStatement prepared = fresh.prepareStatement(Ledger.COUNT + " WHERE id > ?")) {
      System.out.println((plain instanceof JDBC4Statement) + " " + plain.isWrapperFor(Long.class));
      System.out.println(prepared instanceof JDBC4PreparedStatement);
      prepared.setInt(1, 0);
      try (ResultSet result = prepared.executeQuery()) {
        System.out.println(
            result.next() + " " + (result.getStatement() == prepared) + " " + result.getInt(1));
      }
    }
    try (ResultSet tables = fresh.getMetaData().getTables(null, null, "ledger", null)) {
      System.out.println(tables.next() + " " + tables.getString("TABLE_NAME"));
    }
    try (Statement plain = fresh.createStatement()) {
      System.out.println(plain.executeUpdate("INSERT INTO nowhere VALUES (1)"));
    } catch (SQLException e) {
      System.out.println(e.getMessage());
    }
  }

  private static Write[] ways() {
    return new Write[] {
      (on, insert) -> {
        insert.setString(1, "prepared");
        insert.executeUpdate();
      },
      (on, insert) -> {
        try (Statement statement = on.createStatement()) {
          statement.executeUpdate("INSERT INTO ledger(way) VALUES ('plain')");
        }
      },
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
        try (Statement statement = on.createStatement()) {
          statement.execute("BEGIN");
          insert.setString(1, "transaction by text");
          insert.executeUpdate();
          statement.execute("COMMIT");
        }
      },
      (on, insert) -> {
        try (Statement statement = on.createStatement();
            ResultSet made =
                statement.executeQuery(
                    "INSERT INTO ledger(way) VALUES ('returning') RETURNING id")) {
          if (!made.next()) {
            throw new IllegalStateException("no row");
          }
        }
      }
    };
  }
}
