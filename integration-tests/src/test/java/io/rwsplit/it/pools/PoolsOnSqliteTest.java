package io.rwsplit.it.pools;

import io.rwsplit.it.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every pool and data source on sqlite-jdbc. */
class PoolsOnSqliteTest {
  /**
   * First those that are closed with their results: the others' hold replica connections a while.
   */
  private static final String[] POOLS = {
    "manager",
    "plain",
    "hikari",
    "dbcp",
    "tomcat",
    "tomcatcached",
    "c3p0",
    "druid",
    "agroal",
    "bonecp",
    "pooled"
  };

  @TempDir Path directory;

  @Test
  void areSplit() throws Exception {
    String url = "jdbc:sqlite:" + directory.resolve("app.db");
    PoolTours tours =
        new PoolTours(
            url + "?journal_mode=WAL&busy_timeout=120000",
            PoolTours.cycles(1_000),
            System.getProperty("rwsplit.it.pools", String.join(",", POOLS)).split(","));
    List<String> bare = tours.bare();
    tours.judge(
        new ForkedJvm.Builder()
            .split(
                directory.resolve("app.db").toFile(),
                directory.resolve("replica1.db").toFile(),
                directory.resolve("replica2.db").toFile()),
        bare);
  }
}
