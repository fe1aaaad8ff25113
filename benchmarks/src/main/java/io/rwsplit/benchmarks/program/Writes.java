package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Programs that write, or that read inside a writing transaction, over one connection. */
final class Writes {

  static final String INSERT = "INSERT OR REPLACE INTO journal (id, item, note) VALUES (?, ?, ?)";
  static final String UPDATE = "UPDATE item SET amount = (amount + 1) % 1000 WHERE id = ?";

  private Writes() {}

  private abstract static class Writing extends Program {
    private final String synchronous;
    private Connection connection;
    private int next;

    Writing(int turn, String synchronous) {
      super(turn);
      this.synchronous = synchronous;
    }

    @Override
    public void open(String url) throws SQLException {
      connection = connect(url, synchronous);
    }

    final Connection connection() {
      return connection;
    }

    final int next() {
      next = (next + 7_919) % Tables.ITEMS;
      return next;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** Begin, insert, update, commit. */
  static final class Transaction extends Writing {
    private PreparedStatement insert;
    private PreparedStatement update;

    Transaction(String synchronous) {
      super(4, synchronous);
    }

    @Override
    public void open(String url) throws SQLException {
      super.open(url);
      connection().setAutoCommit(false);
      insert = connection().prepareStatement(INSERT);
      update = connection().prepareStatement(UPDATE);
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        int id = next();
        insert.setInt(1, id % Tables.JOURNAL);
        insert.setInt(2, id);
        insert.setString(3, "note of item " + id);
        sum += insert.executeUpdate();
        update.setInt(1, id);
        sum += update.executeUpdate();
        connection().commit();
      }
      return sum;
    }
  }

  /** One row updated in autocommit mode. */
  static final class Update extends Writing {
    private PreparedStatement update;

    Update() {
      super(8, "NORMAL");
    }

    @Override
    public void open(String url) throws SQLException {
      super.open(url);
      update = connection().prepareStatement(UPDATE);
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        update.setInt(1, next());
        sum += update.executeUpdate();
      }
      return sum;
    }
  }

  /** Updates and reads by primary key in transactions. */
  private abstract static class Transactional extends Writing {
    private PreparedStatement update;
    private PreparedStatement select;

    Transactional(int turn) {
      super(turn, "NORMAL");
    }

    @Override
    public void open(String url) throws SQLException {
      super.open(url);
      connection().setAutoCommit(false);
      update = connection().prepareStatement(UPDATE);
      select = connection().prepareStatement("SELECT id, name, amount FROM item WHERE id = ?");
    }

    /** Begin, one update, so many reads, commit. */
    final long transaction(int reads) throws SQLException {
      update.setInt(1, next());
      long sum = update.executeUpdate();
      for (int i = 0; i < reads; i++) {
        select.setInt(1, next());
        try (ResultSet row = select.executeQuery()) {
          row.next();
          sum += row.getInt(1) + row.getString(2).length() + row.getLong(3);
        }
      }
      connection().commit();
      return sum;
    }
  }

  /** Prepared point reads after a write of the same transaction; one transaction per turn. */
  static final class ReadInTransaction extends Transactional {
    ReadInTransaction() {
      super(256);
    }

    @Override
    public long run(int count) throws SQLException {
      return transaction(count);
    }
  }

  /** Begin, one update, three reads, commit: what a business transaction often is. */
  static final class Mixed extends Transactional {
    private static final int READS = 3;

    Mixed() {
      super(4);
    }

    @Override
    public long run(int count) throws SQLException {
      long sum = 0;
      for (int i = 0; i < count; i++) {
        sum += transaction(READS);
      }
      return sum;
    }
  }
}
