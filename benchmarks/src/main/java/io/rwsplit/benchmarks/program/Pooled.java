package io.rwsplit.benchmarks.program;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Programs that take a connection of the application's HikariCP pool for every operation. */
abstract class Pooled extends Program {

  private HikariDataSource pool;
  private int next;

  private Pooled(int turn) {
    super(turn);
  }

  @Override
  public final void open(String url) {
    pool = pool(url, 4);
  }

  /** A pool as a legacy application has it. */
  static HikariDataSource pool(String url, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    if (Engine.of(url) == Engine.SQLITE) {
      config.addDataSourceProperty("busy_timeout", "10000");
      config.addDataSourceProperty("synchronous", "NORMAL");
    }
    config.setMaximumPoolSize(connections);
    return new HikariDataSource(config);
  }

  /** Takes a connection, reads a row, and gives it back. */
  static long select(HikariDataSource pool, int id) throws SQLException {
    try (Connection connection = pool.getConnection()) {
      return Select.read(connection, id);
    }
  }

  @Override
  public final long run(int count) throws SQLException {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      next = (next + 7_919) % Tables.ITEMS;
      try (Connection connection = pool.getConnection()) {
        sum += work(connection, next);
      }
    }
    return sum;
  }

  abstract long work(Connection connection, int id) throws SQLException;

  @Override
  public final void close() {
    pool.close();
  }

  static final class Select extends Pooled {

    Select() {
      super(64);
    }

    @Override
    long work(Connection connection, int id) throws SQLException {
      return read(connection, id);
    }

    static long read(Connection connection, int id) throws SQLException {
      try (PreparedStatement statement =
          connection.prepareStatement("SELECT id, name, amount FROM item WHERE id = ?")) {
        statement.setInt(1, id);
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          return row.getInt(1) + row.getString(2).length() + row.getLong(3);
        }
      }
    }
  }

  static final class Transaction extends Pooled {

    Transaction() {
      super(4);
    }

    @Override
    long work(Connection connection, int id) throws SQLException {
      connection.setAutoCommit(false);
      try (PreparedStatement insert = connection.prepareStatement(Writes.INSERT);
          PreparedStatement update = connection.prepareStatement(Writes.UPDATE)) {
        insert.setInt(1, id % Tables.JOURNAL);
        insert.setInt(2, id);
        insert.setString(3, "note of item " + id);
        update.setInt(1, id);
        long sum = (long) insert.executeUpdate() + update.executeUpdate();
        connection.commit();
        return sum;
      }
    }
  }
}
