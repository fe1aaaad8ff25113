package io.rwsplit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlMatchingTest {
  @TempDir static Path folder;

  @BeforeAll
  static void createFiles() throws IOException {
    Files.createFile(folder.resolve("app.db"));
    Files.createDirectory(folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("link.db"), folder.resolve("app.db"));
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("sub"));
  }

  @ParameterizedTest(name = "{0}: {1} and {2}")
  @CsvFileSource(
      resources = "same-database.psv",
      delimiter = '|',
      useHeadersInDisplayName = false,
      numLinesToSkip = 1)
  void twoTextsNameOneDatabase(String verdict, String one, String other) {
    JdbcUrl left = JdbcUrl.parse(expand(one));
    JdbcUrl right = JdbcUrl.parse(expand(other));
    assertEquals("same".equals(verdict), left.sameDatabase(right), left + " and " + right);
    assertEquals("same".equals(verdict), right.sameDatabase(left), "the other way round");
  }

  private static String expand(String url) {
    return url.replace("$D", folder.toString())
        .replace("$CWD", new File("").getAbsolutePath())
        .replace("$HOME", System.getProperty("user.home"));
  }

  @Test
  void linkThatComesIntoBeingAfterParsingIsFollowed() throws IOException {
    Path target = Files.createFile(folder.resolve("target.db"));
    Path link = folder.resolve("later.db");
    JdbcUrl master = JdbcUrl.parse("jdbc:sqlite:" + link);
    assertFalse(master.sameDatabase(JdbcUrl.parse("jdbc:sqlite:" + target)));
    Files.createSymbolicLink(link, target);
    assertTrue(master.sameDatabase(JdbcUrl.parse("jdbc:sqlite:" + target)));
    assertTrue(master.sameDatabase(JdbcUrl.parse("jdbc:sqlite:" + link)));
  }

  @Test
  void linkThatIsTurnedToAnotherFileDoesNotCarryTheMasterAlong() throws IOException {
    Path first = Files.createFile(folder.resolve("first.db"));
    Path second = Files.createFile(folder.resolve("second.db"));
    Path link = Files.createSymbolicLink(folder.resolve("current.db"), first);
    JdbcUrl master = JdbcUrl.parse("jdbc:sqlite:" + link);
    Files.delete(link);
    Files.createSymbolicLink(link, second);
    assertTrue(master.sameDatabase(JdbcUrl.parse("jdbc:sqlite:" + first)));
    assertFalse(master.sameDatabase(JdbcUrl.parse("jdbc:sqlite:" + link)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "jdbc:sqlite:\0",
        "jdbc:sqlite:file:%",
        "jdbc:sqlite:file:%0",
        "jdbc:sqlite:file:a%00b",
        "jdbc:sqlite:?",
        "jdbc:sqlite:?&=&=",
        "jdbc:postgresql://[::1/x",
        "jdbc:postgresql://]:1[/x",
        "jdbc:postgresql://a:b:c/x?%=%",
        "jdbc:mysql://@/x",
        "jdbc:mysql://:/x?&&==",
        "jdbc:mariadb://a,,b/x",
        "jdbc:h2:;;;=",
        "jdbc:h2:~",
        "jdbc:h2:tcp://",
        "jdbc:h2:mem:a;P\\"
      })
  void oddTextIsParsedWithoutAnException(String text) {
    JdbcUrl url = JdbcUrl.parse(text);
    assertEquals(text.trim(), url.text());
    boolean known = url.isFile() || url.isInMemory() || !url.hosts().isEmpty();
    assertEquals(url.fault() == null, known, url.fault());
    assertTrue(known || !url.sameDatabase(url));
  }

  @Test
  void nullIsAFault() {
    assertEquals("it does not begin with jdbc:", JdbcUrl.parse(null).fault());
  }
}
