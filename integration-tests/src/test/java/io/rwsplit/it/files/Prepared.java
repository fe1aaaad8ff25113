package io.rwsplit.it.files;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Files that are there before the application starts. */
final class Prepared {
  private final Path directory;

  Prepared(Path directory) {
    this.directory = directory;
  }

  /** A database in WAL mode. */
  void file(File file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA user_version=1");
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
