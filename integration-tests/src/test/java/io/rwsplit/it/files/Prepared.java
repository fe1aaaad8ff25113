package io.rwsplit.it.files;

import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Files that are there before the application starts. */
final class Prepared {
  private Prepared() {}

  /** A database without tables in the journal mode. */
  static void file(File file, String journalMode) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=" + journalMode);
      statement.execute("PRAGMA user_version=1");
    }
  }
}
