package io.rwsplit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;

/** Opens URLs with the real driver and asks SQLite which file it opened. */
class SqliteUrlsAgainstDriverTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$D/app.db",
        "$D/./app.db",
        "$D/sub/../app.db",
        "$D/link.db",
        "$D/linked/app.db",
        "$D/app.db?foreign_keys=on",
        "$D/app.db?cache=shared",
        "$D/app.db?foreign_keys=on&cache=shared&x=y",
        "$D/app.db?cache=shared&Journal_Mode=WAL&x=y&",
        "$D/a b.db",
        "$D/a+b%20c.db",
        "$D/a=b.db",
        "$D/a#b.db",
        "$D/ü€.db",
        "$D/app.db ",
        "file:$D/app.db",
        "file://$D/app.db",
        "file://localhost$D/app.db",
        "file:$D/%61%2Bpp.db",
        "file:$D/a%20b%3Fc%23.db?cache=shared",
        "file:$D/app.db#x?y",
        "file:$D/app.db?mode=rwc&foreign_keys=on",
        "file:$D/sub/..//app.db",
        "file:$D/link.db",
        "file:$D/%zz%4.db",
        "FILE_app.db",
        "file:relative-of-process.db",
        "relative.db"
      })
  void fileIsTheOneTheDriverOpens(String name) throws SQLException, IOException {
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("sub"));
    Files.createFile(folder.resolve("target.db"));
    Files.createSymbolicLink(folder.resolve("link.db"), folder.resolve("target.db"));
    String url = "jdbc:sqlite:" + name.replace("$D", folder.toString());
    File expected = JdbcUrl.parse(url).file();
    File opened = new File(openedFile(url)).getCanonicalFile();
    if (!name.contains("$D")) {
      assertTrue(opened.delete());
    }
    assertEquals(opened, expected);
    assertEquals(opened, JdbcUrl.parse(url).file(), "once the file exists");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":memory:",
        "file::memory:",
        "file::memory:?cache=shared",
        "file:m?mode=memory&cache=shared",
        "file:/m?vfs=memdb",
        "file:",
        "file://",
        "?foreign_keys=on"
      })
  void whatOpensNoFileIsNone(String name) throws SQLException {
    String url = "jdbc:sqlite:" + name;
    String opened = openedFile(url);
    assertTrue(opened.isEmpty() || name.contains("vfs=memdb"), opened);
    JdbcUrl parsed = JdbcUrl.parse(url);
    assertFalse(parsed.isFile());
    assertNull(parsed.file());
  }

  @Test
  void everyPragmaOfTheDriverIsKnown() {
    Set<String> unknown = new HashSet<String>();
    for (SQLiteConfig.Pragma pragma : SQLiteConfig.Pragma.values()) {
      if (!SqlitePragmas.isPragma(pragma.getPragmaName())) {
        unknown.add(pragma.getPragmaName());
      }
    }
    assertEquals(new HashSet<String>(), unknown);
  }

  @Test
  void lastValueOfAPragmaWins() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("a.db") + "?cache_size=7&CACHE_SIZE= 9 &";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA cache_size")) {
      assertTrue(rows.next());
      assertEquals(rows.getString(1), JdbcUrl.parse(url).parameter("cache_size"));
    }
  }

  @Test
  void pragmasThatConcernReadingAreCarriedOver() throws SQLException {
    String application =
        "jdbc:sqlite:"
            + folder.resolve("a.db")
            + "?date_class=TEXT&journal_mode=DELETE&cache_size=7&date_string_format=yyyy-MM-dd HH"
            + "&transaction_mode=IMMEDIATE";
    JdbcUrl replica = JdbcUrl.parse("jdbc:sqlite:" + folder.resolve("r.db") + "?cache_size=11");
    String effective = replica.withParametersOf(JdbcUrl.parse(application));
    JdbcUrl parsed = JdbcUrl.parse(effective);
    assertEquals("TEXT", parsed.parameter("date_class"));
    assertEquals("yyyy-MM-dd HH", parsed.parameter("date_string_format"));
    assertEquals("11", parsed.parameter("cache_size"));
    assertNull(parsed.parameter("journal_mode"));
    assertNull(parsed.parameter("transaction_mode"));
    assertTrue(parsed.sameDatabase(replica));
    assertEquals(folder.resolve("r.db").toFile(), new File(openedFile(effective)));
  }

  @Test
  void nothingToCarryLeavesTheTextAlone() {
    JdbcUrl replica = JdbcUrl.parse("jdbc:sqlite:r.db");
    assertEquals("jdbc:sqlite:r.db", replica.withParametersOf(JdbcUrl.parse("jdbc:sqlite:a.db")));
    assertEquals(
        "jdbc:sqlite:r.db?foreign_keys=on",
        replica.withParametersOf(JdbcUrl.parse("jdbc:sqlite:a.db?foreign_keys=on")));
    JdbcUrl server = JdbcUrl.parse("jdbc:postgresql://h/x");
    assertEquals("jdbc:postgresql://h/x", server.withParametersOf(replica));
  }

  private static String openedFile(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE IF NOT EXISTS t(a)");
      try (ResultSet rows = statement.executeQuery("PRAGMA database_list")) {
        assertTrue(rows.next());
        String file = rows.getString("file");
        return file == null ? "" : file;
      }
    }
  }
}
