package io.rwsplit.jdbc;

import io.rwsplit.pool.Lease;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The rest of a result, read from a database file that holds the commit its replica showed: see
 * {@code PastImage}. The file is nameless, or deleted when this is closed.
 *
 * <p>It continues what the application has begun because the file has the same pages, is read by
 * the same driver with the same settings, and the statement depends on nothing else; and the rows
 * the application has had are compared with {@link SampledRows}.
 */
final class PastRead {
  private static final int CHECK_SECONDS = 3;

  private final Path file;
  private Connection connection;
  private Statement statement;
  private ResultSet rows;

  private PastRead(Path file) {
    this.file = file;
  }

  /**
   * Runs the statement again and skips what was delivered.
   *
   * @param delivered rows the application has had
   * @param samples what it saw of them; may be null
   * @throws SQLException when the rest cannot be had
   */
  static PastRead begin(
      Path file,
      Lease like,
      RecordedStatement recorded,
      Repeat repeat,
      long delivered,
      SampledRows samples)
      throws SQLException {
    PastRead past = new PastRead(file);
    try {
      past.connection = like.openOther(file);
      past.check();
      past.run(recorded, repeat);
      if (!skip(past.rows, delivered, samples)) {
        throw new SQLException("the rows differ from those that were delivered");
      }
      past.deleteFile();
      return past;
    } catch (SQLException | RuntimeException e) {
      past.close();
      throw e;
    }
  }

  private void check() throws SQLException {
    try (Statement check = connection.createStatement()) {
      check.setQueryTimeout(CHECK_SECONDS);
      try (ResultSet found = check.executeQuery("PRAGMA quick_check(1)")) {
        if (!found.next() || !"ok".equals(found.getString(1))) {
          throw new SQLException("the rebuilt file is not whole");
        }
      }
    }
  }

  private void run(RecordedStatement recorded, Repeat repeat) throws SQLException {
    if (repeat.sql != null) {
      statement = connection.createStatement();
      recorded.settings.apply(statement);
    } else {
      PreparedStatement prepared = connection.prepareStatement(repeat.preparedSql);
      statement = prepared;
      recorded.settings.apply(prepared);
      if (recorded.parameters != null) {
        recorded.parameters.replay(prepared);
      }
    }
    rows = repeat.run(statement);
  }

  /** Moves to the last row that was delivered; false when there is none, or it is another. */
  static boolean skip(ResultSet rows, long delivered, SampledRows samples) throws SQLException {
    for (long row = 1; row <= delivered; row++) {
      if (!rows.next()
          || (samples != null && SampledRows.isSampled(row) && !samples.isSame(row, rows))) {
        return false;
      }
    }
    return true;
  }

  ResultSet rows() {
    return rows;
  }

  /** For {@code cancel}. */
  Statement statement() {
    return statement;
  }

  /** Where an open file can be deleted it is, so that not even a killed process leaves it. */
  private void deleteFile() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Not while it is open: once it is closed.
    }
  }

  void close() {
    close(rows);
    close(statement);
    close(connection);
    deleteFile();
  }

  private static void close(AutoCloseable part) {
    try {
      if (part != null) {
        part.close();
      }
    } catch (Exception e) {
      // A file of our own that is about to be deleted: there is nothing to lose.
    }
  }
}
