package io.rwsplit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which SQLite URLs can be replicated, and which are no name for the master at all. */
class ReplicationHindranceTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "jdbc:sqlite:file:/a.db?mode=ro | mode=ro opens it for reading only",
        "jdbc:sqlite:/a.db?open_mode=1 | open_mode=1 opens it for reading only",
        "jdbc:sqlite:file:/a.db?x=y&cache=shared"
            + " | connections with a shared cache share their transactions",
        "jdbc:sqlite:/a.db?shared_cache=true"
            + " | connections with a shared cache share their transactions",
        "jdbc:sqlite:/a.db?journal_mode=DELETE | journal_mode=DELETE is not WAL",
        "jdbc:sqlite:/a.db?locking_mode=EXCLUSIVE"
            + " | locking_mode=EXCLUSIVE keeps everybody else out",
        "jdbc:sqlite:file:/a.db?cipher=chacha20&key=x | files encrypted with a cipher are not"
      })
  void cannotBeReplicated(String url, String why) {
    assertEquals(why, JdbcUrl.parse(url).replicationHindrance());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite:/a.db",
        "jdbc:sqlite:/a.db?journal_mode=wal&busy_timeout=9",
        "jdbc:sqlite:file:/a.db?mode=rwc&cache=private",
        "jdbc:sqlite:/a.db?mode=ro",
        "jdbc:postgresql://h/d?mode=ro"
      })
  void canBe(String url) {
    assertNull(JdbcUrl.parse(url).replicationHindrance());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite:file:/a.db?nolock=1",
        "jdbc:sqlite:file:/a.db?x=y&immutable=yes&z",
        "jdbc:sqlite:file:/a.db?vfs=unix-none"
      })
  void withoutLocksIsNobodysDatabase(String url) {
    assertNotNull(JdbcUrl.parse(url).fault());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:sqlite:file:/a.db?nolock=0", "jdbc:sqlite:file:/a.db?immutable=false"})
  void withLocks(String url) {
    assertNull(JdbcUrl.parse(url).fault());
  }
}
