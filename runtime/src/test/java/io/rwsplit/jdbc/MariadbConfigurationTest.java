package io.rwsplit.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which servers forget a session when MariaDB's driver resets a connection. */
class MariadbConfigurationTest {
  @ParameterizedTest
  @CsvSource({
    "10.2.21-MariaDB, false",
    "10.2.22-MariaDB, true",
    "10.3.12-MariaDB, false",
    "10.3.13-MariaDB-log, true",
    "10.4.1-MariaDB, true",
    "10.1.48-MariaDB, false",
    "11.8.2-MariaDB-ubu2404, true",
    "5.5.68-MariaDB, false",
    "9.99.99, false",
    "nothing, false",
    ", false"
  })
  void forgets(String version, boolean forgets) {
    assertEquals(forgets, MariadbConfiguration.isResetBy(version));
  }
}
