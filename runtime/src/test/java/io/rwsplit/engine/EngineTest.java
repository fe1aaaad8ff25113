package io.rwsplit.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:sqlite:a.db, SQLITE",
    "JDBC:SQLite:a.db, SQLITE",
    "'  jdbc:sqlite:a.db', SQLITE",
    "jdbc:postgresql:x, POSTGRESQL",
    "jdbc:pgsql:x,",
    "jdbc:mariadb://h/x, MARIADB",
    "jdbc:mysql://h/x, MYSQL",
    "jdbc:mysqlx://h/x,",
    "jdbc:h2:mem:x, H2",
    "jdbc:h2,",
    "jdbc:hsqldb:mem:x,",
    "'',"
  })
  void engineIsKnownByTheUrl(String url, Engine engine) {
    assertEquals(engine, Engine.ofUrl(url));
  }

  @ParameterizedTest
  @CsvSource({
    "org/sqlite/jdbc4/JDBC4Connection, SQLITE",
    "org/postgresql/jdbc/PgConnection, POSTGRESQL",
    "org/mariadb/jdbc/Connection, MARIADB",
    "org/mariadb/jdbc/Connection, MYSQL",
    "com/mysql/cj/jdbc/ConnectionImpl, MYSQL",
    "com/mysql/jdbc/ConnectionImpl, MYSQL",
    "org/h2/jdbc/JdbcConnection, H2"
  })
  void driverClassesBelongToTheirEngine(String className, Engine engine) {
    assertTrue(weaves(engine, className));
    assertFalse(Engine.H2 != engine && weaves(Engine.H2, className));
    assertFalse(weaves(engine, "java/sql/Connection"));
  }

  private static boolean weaves(Engine engine, String internalName) {
    return Arrays.stream(engine.classPrefixes()).anyMatch(internalName::startsWith);
  }

  @Test
  void onlyTheMySqlFamilySharesAProtocol() {
    assertTrue(Engine.MARIADB.sharesProtocolWith(Engine.MYSQL));
    assertTrue(Engine.H2.sharesProtocolWith(Engine.H2));
    assertFalse(Engine.POSTGRESQL.sharesProtocolWith(Engine.MYSQL));
  }
}
