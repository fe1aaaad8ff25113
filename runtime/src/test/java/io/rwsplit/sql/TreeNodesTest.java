package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rwsplit.engine.Engine;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.StringProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeNodesTest {
  /** Whatever a node can hold is either walked or a plain value. */
  @Test
  void everyFieldOfEveryKnownNodeIsWalkable() {
    List<String> opaque = new ArrayList<>();
    for (Class<?> c : TreeNodes.all()) {
      for (Class<?> s = c; s != null && s != Object.class; s = s.getSuperclass()) {
        for (Field f : s.getDeclaredFields()) {
          Class<?> t = f.getType();
          boolean fine =
              Modifier.isStatic(f.getModifiers())
                  || t.isPrimitive()
                  || t.isEnum()
                  || t == String.class
                  || t == Object.class
                  || Number.class.isAssignableFrom(t)
                  || t == Boolean.class
                  || java.util.Date.class.isAssignableFrom(t)
                  || Collection.class.isAssignableFrom(t)
                  || Map.Entry.class.isAssignableFrom(t)
                  || t.getName().startsWith("net.sf.jsqlparser.")
                  || s.getName().startsWith("java.util.");
          if (!fine) {
            opaque.add(s.getSimpleName() + "." + f.getName() + ": " + t.getName());
          }
        }
      }
    }
    assertEquals(Collections.emptyList(), opaque);
  }

  private static String objection(String sql) throws Exception {
    TreeProof proof =
        new TreeProof(Dialect.of(Engine.POSTGRESQL), java.util.Collections.emptySet());
    proof.run(new CCJSqlParser(new StringProvider(sql)).withAllowComplexParsing(true).Statement());
    return proof.objection();
  }

  /** The tree alone, without the net of tokens, finds what does not belong into a read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM t",
        "SELECT * FROM t FOR UPDATE",
        "SELECT * FROM (SELECT * FROM t FOR UPDATE) AS x",
        "SELECT * INTO x FROM t",
        "SELECT f(a) FROM t",
        "SELECT lower(f(a)) FROM t",
        "SELECT a FROM t WHERE a IN (SELECT f(b) FROM u)",
        "SELECT a FROM t ORDER BY f(a)",
        "SELECT a FROM t GROUP BY f(a)",
        "SELECT a FROM t GROUP BY a HAVING f(a) > 1",
        "SELECT a FROM t JOIN u ON f(a) = 1",
        "SELECT a FROM t LIMIT f(1)",
        "SELECT sum(a) OVER (PARTITION BY f(b)) FROM t",
        "SELECT sum(a) OVER (ORDER BY f(b)) FROM t",
        "SELECT sum(a) OVER w FROM t WINDOW w AS (ORDER BY f(b))",
        "SELECT count(*) FILTER (WHERE f(a) = 1) FROM t",
        "SELECT string_agg(a, ',' ORDER BY f(a)) FROM t",
        "SELECT CASE WHEN f(a) = 1 THEN 1 ELSE 2 END FROM t",
        "SELECT CASE WHEN a = 1 THEN f(b) END FROM t",
        "SELECT CAST(f(a) AS int) FROM t",
        "SELECT a FROM t WHERE a BETWEEN f(1) AND 2",
        "SELECT a FROM t WHERE EXISTS (SELECT f(1) FROM u)",
        "SELECT a FROM f(1) AS x",
        "SELECT a FROM t CROSS JOIN LATERAL (SELECT f(1)) AS x",
        "WITH x AS (SELECT f(a) FROM t) SELECT * FROM x",
        "SELECT a FROM t UNION SELECT f(a) FROM u",
        "SELECT DISTINCT ON (f(a)) a FROM t",
        "SELECT extract(year FROM f(a)) FROM t",
        "SELECT a[f(1)] FROM t",
        "SELECT ARRAY[f(1)] FROM t",
        "SELECT a FROM t WHERE a LIKE f(b)",
        "SELECT a FROM t WHERE f(a) IS NULL",
        "SELECT NEXT VALUE FOR s FROM t",
        "VALUES (f(1))"
      })
  void theTreeAloneObjects(String sql) throws Exception {
    assertEquals(false, objection(sql) == null, sql);
    String pure = sql.replace("f(", "lower(");
    if (!pure.equals(sql)) {
      assertNull(objection(pure), pure);
    }
  }
}
