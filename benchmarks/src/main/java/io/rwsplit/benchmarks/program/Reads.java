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

  /** A thousand rows with all columns, read to the end. */
  static final class Scan extends Reading {
    private PreparedStatement statement;

    Scan() {
      super(1);
    }

    @Override
    public void open(String url) throws SQLException {
      super.open(url);
      statement =
          connection()
              .prepareStatement(
                  "SELECT id, parent, name, amount FROM item WHERE id BETWEEN ? AND ?");
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        int from = nextId() % (Tables.ITEMS - 1_000);
        statement.setInt(1, from);
        statement.setInt(2, from + 999);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            sum += rows.getInt(1) + rows.getInt(2) + rows.getString(3).length() + rows.getLong(4);
          }
        }
      }
      return sum;
    }
  }

  /** Every SQL text new, differing by its literals; a new statement each time. */
  static final class DistinctTexts extends Reading {
    private static final int ORM_LENGTH = 2_000;

    private final String select;
    private long counter;

    private DistinctTexts(int turn, String select) {
      super(turn);
      this.select = select;
    }

    static DistinctTexts shortOnes() {
      return new DistinctTexts(64, POINT);
    }

    /** Two kilobytes, of aliases above all, as object-relational mappers write them. */
    static DistinctTexts ofAnOrm() {
      StringBuilder text = new StringBuilder("select i1_0.id as id1_0_0_, i1_0.name as name2_0_0_");
      text.append(", i1_0.amount as amount3_0_0_");
      for (int i = 4; text.length() < ORM_LENGTH - 150; i++) {
        String column = i % 3 == 0 ? "name" : i % 3 == 1 ? "parent" : "amount";
        text.append(", i1_0.").append(column).append(" as ");
        text.append(column).append(i).append("_0_0_");
      }
      text.append(" from item i1_0 left outer join journal j1_0 on j1_0.id = i1_0.id");
      return new DistinctTexts(16, text.append(" where i1_0.id = ").toString());
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        String sql = select + nextId() + " AND amount <> -" + ++counter;
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
