package io.rwsplit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class H2SettingsTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:tcp://a/db, jdbc:h2:tcp://b/db, true",
    "jdbc:h2:tcp://a/db;USER=x;IFEXISTS=TRUE, jdbc:h2:tcp://b/db, true",
    "jdbc:h2:tcp://a/db;SCHEMA=s, jdbc:h2:tcp://b/db, false",
    "jdbc:h2:tcp://a/db;SCHEMA=s, jdbc:h2:tcp://b/db;schema=s, true",
    "jdbc:h2:tcp://a/db;SCHEMA=s, jdbc:h2:tcp://b/db;SCHEMA=t, false",
    "jdbc:h2:tcp://a/db;MODE=Oracle, jdbc:h2:tcp://b/db, false",
    "jdbc:h2:tcp://a/db;INIT=SET SCHEMA s, jdbc:h2:tcp://b/db, false",
    "jdbc:postgresql://a/db?currentSchema=s, jdbc:postgresql://b/db, true"
  })
  void sessionsBeginAlike(String application, String replica, boolean alike) {
    assertEquals(alike, JdbcUrl.parse(replica).beginsLike(JdbcUrl.parse(application)), application);
  }
}
