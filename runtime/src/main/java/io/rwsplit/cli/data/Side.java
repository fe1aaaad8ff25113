package io.rwsplit.cli.data;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

/** One database that is compared: each read of it shows one state. Used by one thread; close it. */
final class Side implements AutoCloseable {
  /** A standby cancels reads that stand in the way of what it replays. */
  private static final int TRIES = 5;

  private final Dialect dialect;
  private final Connection connection;
  private final RowSum sum = new RowSum();

  private Side(Dialect dialect, Connection connection) {
    this.dialect = dialect;
    this.connection = connection;
  }

  /**
   * Opens a database.
   *
   * @param seconds how long a server's answer may take
   * @throws SQLException that begins with the name of the node
   */
  static Side open(Databases databases, Dialect dialect, Node node, int seconds)
      throws SQLException {
    try {
      Connection connection = databases.open(node, seconds);
      try {
        dialect.prepare(connection);
        return new Side(dialect, connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new Unopened(node.name() + ": " + databases.message(e), e);
    }
  }

  /** A database could not be opened; the message has its name, and no secret. */
  static final class Unopened extends SQLException {
    private static final long serialVersionUID = 1L;

    private Unopened(String message, SQLException cause) {
      super(message, cause.getSQLState(), cause.getErrorCode(), cause);
    }
  }

  Connection connection() {
    return connection;
  }

  /** A read of the database. */
  private interface Read<T> {
    T run() throws SQLException;
  }

  private <T> T read(Read<T> read) throws SQLException {
    for (int i = 1; ; i++) {
      try {
        T value = read.run();
        end();
        return value;
      } catch (SQLException e) {
        end();
        String state = String.valueOf(e.getSQLState());
        boolean again = state.startsWith("40") || state.equals("57014");
        if (!again || i == TRIES) {
          throw e;
        }
      }
    }
  }

  /** The next read shows the newest state. */
  void end() throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.rollback();
    }
  }

  /**
   * Sums of the rows of a range by their keys, in order.
   *
   * @param after not in the range; null: from the first row
   * @param upTo in the range; null: to the last row
   * @param limit of rows; 0 for none
   */
  Map<RowKey, long[]> rows(Table table, RowKey after, RowKey upTo, int limit) throws SQLException {
    return read(
        () -> {
          Map<RowKey, long[]> rows = new LinkedHashMap<>();
          String sql = table.range(after != null, upTo != null, limit);
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            dialect.stream(statement);
            int next = bindBound(statement, table, after, 1);
            int unused = bindBound(statement, table, upTo, next);
            int keys = table.key.size();
            try (ResultSet row = statement.executeQuery()) {
              while (row.next()) {
                Object[] key = new Object[keys];
                for (int i = 0; i < keys; i++) {
                  key[i] = dialect.keyValue(row, i + 1);
                }
                rows.put(new RowKey(key), sum.of(row, keys + 1, table.columns.size()));
              }
            }
          }
          return rows;
        });
  }

  /** As {@link Table#range} has the parameters: the first, then all, each but the last twice. */
  private int bindBound(PreparedStatement statement, Table table, RowKey key, int from)
      throws SQLException {
    if (key == null) {
      return from;
    }
    int at = from;
    dialect.bind(statement, at++, key.values[0]);
    for (int i = 0; i < table.key.size(); i++) {
      dialect.bind(statement, at++, key.values[i]);
      if (i < table.key.size() - 1) {
        dialect.bind(statement, at++, key.values[i]);
      }
    }
    return at;
  }

  /** The texts of one row; null when there is none. */
  String[] row(Table table, RowKey key) throws SQLException {
    return read(
        () -> {
          try (PreparedStatement statement = connection.prepareStatement(table.one())) {
            for (int i = 0; i < key.values.length; i++) {
              dialect.bind(statement, i + 1, key.values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
              if (!row.next()) {
                return null;
              }
              String[] texts = new String[table.columns.size()];
              for (int i = 0; i < texts.length; i++) {
                texts[i] = row.getString(i + 1);
              }
              return texts;
            }
          }
        });
  }

  /** All rows as one: how many, and the sum of their sums, whatever their order. */
  long[] whole(Table table) throws SQLException {
    StringBuilder sql = new StringBuilder("SELECT ");
    for (int i = 0; i < table.columns.size(); i++) {
      sql.append(i == 0 ? "" : ", ").append(table.columns.get(i).text);
    }
    sql.append(" FROM ").append(table.quoted);
    return read(
        () -> {
          long[] whole = new long[3];
          try (Statement statement = connection.createStatement()) {
            dialect.stream(statement);
            try (ResultSet row = statement.executeQuery(sql.toString())) {
              while (row.next()) {
                long[] each = sum.of(row, 1, table.columns.size());
                whole[0]++;
                whole[1] += each[0];
                whole[2] += each[1];
              }
            }
          }
          return whole;
        });
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException | RuntimeException e) {
      // Nothing was written.
      return;
    }
  }
}
