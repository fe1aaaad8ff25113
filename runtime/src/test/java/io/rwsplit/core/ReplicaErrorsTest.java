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

class ReplicaErrorsTest {
  @ParameterizedTest
  @CsvFileSource(resources = "replica-errors.psv", delimiter = '|')
  void whatAFailureSpeaksOf(
      Engine engine, String kind, String state, int code, FailureCause cause, String meaning) {
    assertEquals(cause, ReplicaErrors.cause(engine, failure(kind, state, code)), meaning);
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
