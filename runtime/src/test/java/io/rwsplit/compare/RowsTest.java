package io.rwsplit.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results of a real engine against each other. */
class RowsTest {
  private static Rows rows(String values) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "WITH t(a, b) AS (VALUES " + values + ") SELECT a, b FROM t WHERE a <> 'none'")) {
      return Rows.read(result);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(1, 2), (3, 4) | (3, 4), (1, 2) | true",
        "(1, 2), (1, 2) | (1, 2), (1, 2) | true",
        "(1, 2), (1, 2), (3, 4) | (1, 2), (3, 4), (3, 4) | false",
        "(1, 2) | (1, 2), (1, 2) | false",
        "(1, 2) | (1, 3) | false",
        "(1, NULL) | (1, NULL) | true",
        "(1, NULL) | (1, '') | false",
        "(1, NULL) | (1, 0) | false",
        "(1, '2') | (1, 2) | false",
        "(1, 2.0) | (1, 2) | false",
        "(1, 0.1 + 0.2) | (1, 0.3) | true",
        "(1, 0.30001) | (1, 0.3) | false",
        "(1, 5000000000) | (1, 5000000000) | true",
        "(1, x'00ff') | (1, x'00ff') | true",
        "(1, x'00ff') | (1, x'00fe') | false",
        "(1, x'6162') | (1, 'ab') | false",
        "('none', 1) | ('none', 2) | true",
        "('none', 1) | (1, 2) | false"
      })
  void comparesMultisetsByType(String master, String replica, boolean same) throws SQLException {
    assertEquals(same, rows(master).isSame(rows(replica)));
    assertEquals(same, rows(replica).isSame(rows(master)));
  }

  @Test
  void saysWhatDiffers() throws SQLException {
    RowDifference changed =
        new RowDifference(
            rows("(1, 'a'), (2, 'b'), (3, 'c')"), rows("(1, 'a'), (2, 'x'), (3, 'c')"));
    assertEquals(1, changed.onMaster().size());
    assertEquals(1, changed.onReplica().size());
    assertEquals(new TreeSet<>(Arrays.asList("b")), changed.columns());
    assertEquals(Arrays.asList("2"), changed.keys());
    RowDifference missing = new RowDifference(rows("(1, 'a'), (2, 'b')"), rows("(2, 'b')"));
    assertEquals(1, missing.onMaster().size());
    assertEquals(0, missing.onReplica().size());
    assertEquals(new TreeSet<String>(), missing.columns());
  }

  @Test
  void readsNoMoreThanABound() throws SQLException {
    String many = "SELECT 1, 2 UNION ALL SELECT a + 1, b FROM t WHERE a < ";
    assertEquals(Rows.MOST, count(many + Rows.MOST).size());
    assertNull(count(many + (Rows.MOST + 1)));
  }

  private static Rows count(String recursive) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "WITH RECURSIVE t(a, b) AS (" + recursive + ") SELECT a, b FROM t")) {
      return Rows.read(result);
    }
  }
}
