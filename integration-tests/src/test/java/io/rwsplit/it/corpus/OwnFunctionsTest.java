package io.rwsplit.it.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.servers.MariadbCluster;
import io.rwsplit.it.servers.MysqlCluster;
import io.rwsplit.it.servers.ServerCluster;
import io.rwsplit.it.servers.SharedClusters;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every function that is taken for pure is the server's own: one that is not could be a stored
 * function, which may write.
 */
class OwnFunctionsTest {
  /** ER_SP_DOES_NOT_EXIST. */
  private static final int NO_SUCH_FUNCTION = 1305;

  private static final String[] ARGUMENTS = {"", "1", "1,1", "1,1,1", "1,1,1,1,1,1,1,1,1"};

  @Test
  void ofMariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    // Of versions after 11.4: until then the catalog tells.
    assertEquals(
        Set.of(
            "months_between",
            "trunc",
            "uuid_v4",
            "uuid_v7",
            "vec_distance",
            "vec_distance_cosine",
            "vec_distance_euclidean",
            "vec_fromtext",
            "vec_totext"),
        strangers("MARIADB", cluster));
  }

  @Test
  @Tag("mysql")
  void ofMysql() throws Exception {
    MysqlCluster cluster = SharedClusters.mysql();
    assertEquals(Set.of(), strangers("MYSQL", cluster));
  }

  private static Set<String> strangers(String engine, ServerCluster cluster) throws Exception {
    Set<String> strangers = new TreeSet<>();
    try (ShippedClassifier classifier = new ShippedClassifier(engine);
        Connection connection = cluster.app(1);
        Statement statement = connection.createStatement()) {
      Set<String> pure = classifier.pureFunctions();
      assertTrue(pure.size() > 200, pure::toString);
      for (String name : pure) {
        if (isStranger(statement, name)) {
          strangers.add(name);
        }
      }
    }
    return strangers;
  }

  private static boolean isStranger(Statement statement, String name) {
    boolean unknown = false;
    for (String arguments : ARGUMENTS) {
      try {
        statement.execute("SELECT " + name + "(" + arguments + ")");
        return false;
      } catch (SQLException e) {
        unknown |= e.getErrorCode() == NO_SUCH_FUNCTION;
        // 1064: a word of the grammar, or the wrong number of arguments for one
        if (e.getErrorCode() != NO_SUCH_FUNCTION && e.getErrorCode() != 1064) {
          return false;
        }
      }
    }
    return unknown;
  }
}
