package io.rwsplit.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "25006, 0, true", // read-only transaction
    "40001, 0, true", // conflict with recovery
    "57P01, 0, true", // terminated by an administrator
    "57P03, 0, true", // starting up
    "08006, 0, true", // connection failure
    "53300, 0, true", // too many connections
    "XX000, 0, true",
    "HY000, 1290, true", // --read-only
    "70100, 1317, true", // interrupted
    "08S01, 1053, true", // shutdown
    "57014, 0, false", // cancelled
    "42P01, 0, false", // no such table
    "42S02, 1146, false",
    "22012, 0, false", // division by zero
    "42601, 0, false", // syntax
    "HY000, 1105, false",
    ", 0, true"
  })
  void errorsOfTheServerAreToldFromThoseOfTheStatement(String state, int number, boolean expected) {
    assertEquals(expected, ReplicaErrors.isOfReplica(new SQLException("x", state, number)));
  }
}
