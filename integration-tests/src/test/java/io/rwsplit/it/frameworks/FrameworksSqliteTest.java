package io.rwsplit.it.frameworks;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class FrameworksSqliteTest extends FrameworkCases {
  @TempDir Path directory;

  private int runs;

  /** Other files for each run. */
  @Override
  void clear() throws Exception {
    runs++;
    Files.createDirectory(directory.resolve("run" + runs));
    Databases.make(file("master"), "PRAGMA journal_mode=WAL");
  }

  private File file(String name) {
    return directory.resolve("run" + runs).resolve(name + ".db").toFile();
  }

  @Override
  String[] access() {
    return new String[] {"jdbc:sqlite:" + file("master"), "", ""};
  }

  @Override
  ForkedJvm.Builder split(ForkedJvm.Builder jvm) {
    return jvm.split(file("master"), file("replica1"), file("replica2"));
  }

  @Override
  List<String> contents() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file("master"))) {
      return Contents.of(connection, null, null);
    }
  }
}
