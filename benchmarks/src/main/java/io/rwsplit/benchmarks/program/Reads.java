package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Programs that read, in autocommit mode, over one connection. */
final class Reads {

  private static final String POINT = "SELECT id, name, amount FROM item WHERE id = ";

  private Reads() {}

  private abstract static class Reading extends Program {
    private Connection connection;
    private int next;

    Reading(int turn) {
      super(turn);
    }

    @Override
    public void open(String url) throws SQLException {
      connection = connect(url, null);
    }

    final Connection connection() {
      return connection;
    }

    final int nextId() {
      next = (next + 7_919) % Tables.ITEMS;
      return next;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  private static long consume(ResultSet rows) throws SQLException {
    long sum = 0;
    while (rows.next()) {
      sum += rows.getInt(1) + rows.getString(2).length() + rows.getLong(3);
    }
    return sum;
  }

  /** A statement prepared once and executed for ever. */
  static final class Prepared extends Reading {
    private final String sql;
    private final int bound;
    private PreparedStatement statement;

    private Prepared(int turn, String sql, int bound) {
      super(turn);
      this.sql = sql;
      this.bound = bound;
    }

    static Prepared point() {
      return new Prepared(64, POINT + "?", Tables.ITEMS);
    }

    static Prepared hundredRows() {
      return new Prepared(8, "SELECT id, name, amount FROM item WHERE parent = ?", 100);
    }

    @Override
    public void open(String url) throws SQLException {
      super.open(url);
      statement = connection().prepareStatement(sql);
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        statement.setInt(1, nextId() % bound);
        try (ResultSet rows = statement.executeQuery()) {
          sum += consume(rows);
        }
      }
      return sum;
    }
  }

  /** Prepares, executes and closes every time. */
  static final class PrepareEachTime extends Reading {

    PrepareEachTime() {
      super(64);
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        try (PreparedStatement statement = connection().prepareStatement(POINT + "?")) {
          statement.setInt(1, nextId());
          try (ResultSet rows = statement.executeQuery()) {
            sum += consume(rows);
          }
        }
      }
      return sum;
    }
  }

  /** Every SQL text new, differing by its literals; a new statement each time. */
  static final class DistinctTexts extends Reading {
    private long counter;

    DistinctTexts() {
      super(64);
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        String sql = POINT + nextId() + " AND amount <> -" + ++counter;
        try (Statement statement = connection().createStatement();
            ResultSet rows = statement.executeQuery(sql)) {
          sum += consume(rows);
        }
      }
      return sum;
    }
  }

  /** One statement object, a hundred texts in turn. */
  static final class ReusedStatement extends Reading {
    private final String[] texts = new String[100];
    private Statement statement;

    ReusedStatement() {
      super(64);
    }

    @Override
    public void open(String url) throws SQLException {
      super.open(url);
      statement = connection().createStatement();
      for (int i = 0; i < texts.length; i++) {
        texts[i] = POINT + i;
      }
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        try (ResultSet rows = statement.executeQuery(texts[nextId() % texts.length])) {
          sum += consume(rows);
        }
      }
      return sum;
    }
  }

  /** The validation query of pools: no table, so it belongs to the master. */
  static final class WithoutTable extends Reading {

    WithoutTable() {
      super(64);
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      try (Statement statement = connection().createStatement()) {
        for (int i = 0; i < count; i++) {
          try (ResultSet rows = statement.executeQuery("SELECT 1")) {
            rows.next();
            sum += rows.getInt(1);
          }
        }
      }
      return sum;
    }
  }
}
