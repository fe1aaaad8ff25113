package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatementTableTest {
  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"SQLITE", "POSTGRESQL", "MARIADB", "MYSQL", "H2"})
  void everyRowIsClassifiedAsTheTableSays(Engine engine) throws Exception {
    Classifiers classifiers = new Classifiers(engine);
    List<String> differences = new ArrayList<>();
    List<StatementTable.Row> rows = StatementTable.read(engine);
    assertTrue(rows.size() >= (engine == Engine.H2 ? 60 : 100), "rows: " + rows.size());
    for (StatementTable.Row row : rows) {
      Classification c = classifiers.classify(row.sql);
      if (!StatementTable.Row.actual(c).equals(row.expected())) {
        differences.add(
            row.sql + "\n  is " + StatementTable.Row.actual(c) + ", not " + row.expected());
      }
    }
    assertEquals(Collections.emptyList(), differences, String.join("\n", differences));
  }

  @ParameterizedTest
  @EnumSource(
      value = Engine.class,
      names = {"SQLITE", "POSTGRESQL", "MARIADB", "MYSQL", "H2"})
  void hintsChangeNothingButTheHint(Engine engine) throws Exception {
    Classifiers classifiers = new Classifiers(engine);
    for (StatementTable.Row row : StatementTable.read(engine)) {
      for (String hint : new String[] {"master", "replica", "replica=r2"}) {
        Classification c = classifiers.classify("/* rwsplit:" + hint + " */ " + row.sql);
        assertEquals(row.expected(), StatementTable.Row.actual(c), row.sql);
        assertEquals(hint, c.hint().toString(), row.sql);
      }
    }
  }
}
