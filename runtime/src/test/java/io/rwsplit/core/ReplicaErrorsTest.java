package io.rwsplit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.engine.Engine;
import io.rwsplit.jdbc.FailureCause;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaErrorsTest {
  @ParameterizedTest
  @CsvFileSource(resources = "replica-errors.psv", delimiter = '|')
  void whatAFailureSpeaksOf(
      Engine engine, String kind, String state, int code, FailureCause cause, String meaning) {
    assertEquals(cause, ReplicaErrors.cause(engine, failure(kind, state, code)), meaning);
  }

  /** Only what a server says of itself, and what another connection to it would not mend. */
  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, 58P01, 0, true",
    "POSTGRESQL, 53100, 0, true",
    "POSTGRESQL, XX001, 0, true",
    "POSTGRESQL, 08006, 0, false",
    "POSTGRESQL, 57P01, 0, false",
    "POSTGRESQL, 40001, 0, false",
    "POSTGRESQL, 42P01, 0, false",
    "MARIADB, HY000, 1021, true",
    "MARIADB, HY000, 2013, false",
    "MARIADB, 42S02, 1146, false",
    "MYSQL, HY000, 1030, true",
    "MYSQL, 08S01, 1053, false",
    "SQLITE, , 10, false"
  })
  void whatIsAnAnswer(Engine engine, String state, int code, boolean answer) {
    assertEquals(answer, ReplicaErrors.isAnswer(engine, new SQLException("x", state, code)));
  }

  private static SQLException failure(String kind, String state, int code) {
    switch (kind) {
      case "SQLException":
        return new SQLException("x", state, code);
      case "Recoverable":
        return new SQLRecoverableException("x", state, code);
      case "Transient":
        return new SQLTransientConnectionException("x", state, code);
      case "NonTransient":
        return new SQLNonTransientConnectionException("x", state, code);
      default:
        throw new IllegalArgumentException(kind);
    }
  }
}
