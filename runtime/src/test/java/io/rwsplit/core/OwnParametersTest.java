package io.rwsplit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rwsplit.engine.Engine;
import io.rwsplit.engine.JdbcUrl;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnParametersTest {
  private static Properties properties(String text) {
    Properties made = new Properties();
    for (String each : text.isEmpty() ? new String[0] : text.split(" ")) {
      int equals = each.indexOf('=');
      made.setProperty(each.substring(0, equals), each.substring(equals + 1));
    }
    return made;
  }

  private static String text(Properties properties) {
    StringBuilder text = new StringBuilder();
    for (Object name : new TreeMap<>(properties).keySet()) {
      text.append(text.length() == 0 ? "" : " ").append(name).append('=');
      text.append(properties.getProperty((String) name));
    }
    return text.toString();
  }

  /** What is about the master, writing or waiting is left out; the replicas' user wins. */
  @ParameterizedTest
  @CsvSource({
    "SQLITE, , , foreign_keys=true journal_mode=WAL busy_timeout=9, busy_timeout=50 foreign_keys=true",
    "POSTGRESQL, , , user=app password=a, password=a user=app",
    "POSTGRESQL, reader, r, user=app password=a, password=r user=reader",
    "POSTGRESQL, reader, , user=app password=a, password=a user=reader",
    "POSTGRESQL, , , targetServerType=primary ssl=true, ssl=true",
    "POSTGRESQL, , , rwsplit.start-zone=UTC ssl=true, ssl=true",
    "MARIADB, , , pool=true useSsl=true, useSsl=true",
    "H2, , , user=app readOnly=true, user=app"
  })
  void propertiesOnReplicas(
      Engine engine, String user, String password, String application, String expected) {
    OwnParameters parameters = new OwnParameters(engine, user, password);
    assertEquals(expected, text(parameters.forReplica(properties(application))));
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, , jdbc:postgresql://r/a, jdbc:postgresql://m/a?user=u&ssl=true,"
        + " jdbc:postgresql://r/a?user=u&ssl=true",
    "POSTGRESQL, reader, jdbc:postgresql://r/a, jdbc:postgresql://m/a?user=u&ssl=true,"
        + " jdbc:postgresql://r/a?ssl=true",
    "SQLITE, reader, jdbc:sqlite:/r.db, jdbc:sqlite:/m.db?foreign_keys=true,"
        + " jdbc:sqlite:/r.db?foreign_keys=true"
  })
  void urlsOfReplicas(
      Engine engine, String user, String replica, String application, String expected) {
    OwnParameters parameters = new OwnParameters(engine, user, null);
    assertEquals(expected, parameters.replicaUrl(JdbcUrl.parse(replica), application));
  }

  /** Seconds for pgjdbc, milliseconds for the others; what the URL says is no property beside. */
  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, 2, jdbc:postgresql://m/a?socketTimeout=90,"
        + " jdbc:postgresql://m/a?socketTimeout=2&connectTimeout=2",
    "POSTGRESQL, 30, jdbc:postgresql://m/a,"
        + " jdbc:postgresql://m/a?connectTimeout=5&socketTimeout=30",
    "MYSQL, 2, jdbc:mysql://m/a, jdbc:mysql://m/a?connectTimeout=2000&socketTimeout=2000",
    "H2, 2, jdbc:h2:tcp://m/a, jdbc:h2:tcp://m/a"
  })
  void questionsAreHurried(Engine engine, int seconds, String url, String expected) {
    Properties properties = properties("socketTimeout=7 user=u");
    OwnParameters parameters = new OwnParameters(engine, null, null);
    assertEquals(expected, parameters.hurried(url, properties, seconds));
    String left = engine == Engine.H2 ? "socketTimeout=7 user=u" : "user=u";
    assertEquals(left, text(properties));
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, jdbc:postgresql://m/a, '', true, connectTimeout=5",
    "MARIADB, jdbc:mariadb://m/a, '', true, connectTimeout=5000",
    "MARIADB, jdbc:mariadb://m/a, connectTimeout=9, false, connectTimeout=9",
    "MARIADB, jdbc:mariadb://m/a?connectTimeout=9, '', false, ''"
  })
  void loginsAreLimitedUnlessTheApplicationSaysHow(
      Engine engine, String url, String application, boolean limited, String expected) {
    Properties properties = properties(application);
    OwnParameters parameters = new OwnParameters(engine, null, null);
    assertEquals(limited, parameters.limit("connectTimeout", url, properties));
    assertEquals(expected, text(properties));
  }

  @Test
  void objectsOfTheApplicationAreNotKept() {
    Properties defaults = properties("user=u");
    Properties application = new Properties(defaults);
    application.put("factory", new Object());
    assertEquals("user=u", text(OwnParameters.plain(application)));
    assertEquals(
        "jdbc:postgresql://m/a?ssl=true",
        OwnParameters.withoutCredentials("jdbc:postgresql://m/a?user=u&password=p&ssl=true"));
  }

  @Test
  void everyEngineHasAWayToRefuseWrites() {
    for (Engine engine : Engine.values()) {
      String sql = new OwnParameters(engine, null, null).readOnlySql();
      if (engine == Engine.H2) {
        assertNull(sql);
      } else {
        assertEquals(true, sql.endsWith("READ ONLY") || sql.endsWith("query_only=1"), sql);
      }
    }
  }
}
