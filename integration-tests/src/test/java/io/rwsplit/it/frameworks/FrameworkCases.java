package io.rwsplit.it.frameworks;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The frameworks on one engine: each is run bare, and then under the agent on empty tables. */
abstract class FrameworkCases {
  private static final String TOOLS = "legacy.frameworks.Tools";
  private static final String SHOP = "legacy.frameworks.hibernate.Shop";

  /** Removes all tables. */
  abstract void clear() throws Exception;

  /** The master's URL as the application writes it, its user and password. */
  abstract String[] access();

  /** Adds the agent. */
  abstract ForkedJvm.Builder split(ForkedJvm.Builder jvm);

  /** What the master holds; asked by the tests. */
  abstract List<String> contents() throws Exception;

  @Test
  void springMybatisJdbiJooq() throws Exception {
    same(new FrameworkApp("tools", TOOLS, "spring", "mybatis", "jdbi", "jooq"), 6, 200);
  }

  @Test
  void migrationsAtStart() throws Exception {
    same(new FrameworkApp("tools", TOOLS, "flyway", "liquibase"), 0, 0);
  }

  @Test
  void quartzInACluster() throws Exception {
    same(new FrameworkApp("tools", TOOLS, "quartz"), 0, 0);
  }

  @Test
  void hibernate5() throws Exception {
    same(new FrameworkApp("hibernate5", SHOP), 2, 80);
  }

  @Test
  void hibernate6() throws Exception {
    same(new FrameworkApp("hibernate6", SHOP), 2, 80);
  }

  /** {@code served}, {@code reads}: by replicas, at least. */
  private void same(FrameworkApp program, int served, int reads) throws Exception {
    clear();
    List<String> bare;
    try (ForkedJvm app = start(program, new ForkedJvm.Builder())) {
      new Phases(app, false).follow();
      bare = printed(app);
    }
    List<String> left = contents();
    clear();
    ForkedJvm.Builder agent =
        split(new ForkedJvm.Builder())
            .property("rwsplit.log.routes", "true")
            // Most reads follow writes: without it few would be served by replicas.
            .property("rwsplit.consistency.wait", "5s");
    try (ForkedJvm app = start(program, agent)) {
      Phases phases = new Phases(app, true);
      phases.follow();
      Transcripts.assertSame(bare, printed(app), program.toString());
      Transcripts.assertSame(left, contents(), program + ", tables");
      ExitTable table = ExitTable.of(app);
      System.out.println(program + ": " + table.onReplicas() + " reads on replicas");
      assertTrue(phases.served() >= served, table::toString);
      assertTrue(table.onReplicas() >= reads, table::toString);
    }
  }

  /** Without the numbers of connections, which MariaDB's driver puts into its messages. */
  private static List<String> printed(ForkedJvm app) {
    return app.out().stream().map(line -> line.replaceAll("conn=\\d+", "conn=N")).toList();
  }

  private ForkedJvm start(FrameworkApp program, ForkedJvm.Builder jvm) throws Exception {
    String[] access = access();
    return program.on(jvm, access[0], access[1], access[2]).start();
  }
}
