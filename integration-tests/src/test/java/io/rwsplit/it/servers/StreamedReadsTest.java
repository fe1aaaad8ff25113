package io.rwsplit.it.servers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ExitTable;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Transcripts;
import java.util.ArrayList;
import java.util.List;
import legacy.differential.StreamedReads;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rows that come in pieces from a replica, while their connection goes on: as bare, but for what
 * MySQL's driver refuses beside rows that it fetches one by one. Under the agent they are another
 * connection's, and so nothing is refused.
 */
class StreamedReadsTest {
  private static final String REFUSED = " is still active. No statements may be issued ";
  private static final int ROWS = 1000;

  @Test
  void onPostgres() throws Exception {
    PostgresCluster cluster = SharedClusters.postgres();
    same(cluster, cluster.url() + "?user=app&password=app", 10, "");
    same(cluster, cluster.url() + "?user=app&password=app", 10, "until-write");
  }

  @Test
  void onMariadb() throws Exception {
    MariadbCluster cluster = SharedClusters.mariadb();
    same(cluster, cluster.appUrl() + "&user=app&password=app", 10, "");
  }

  @Test
  @Tag("mysql")
  void onMysql() throws Exception {
    MysqlCluster cluster = SharedClusters.mysql();
    String url = cluster.appUrl() + "&user=app&password=app";
    same(cluster, url, Integer.MIN_VALUE, "");
    same(cluster, url + "&useCursorFetch=true", 10, "");
  }

  private static void same(ServerCluster cluster, String url, int size, String transactions)
      throws Exception {
    make(cluster);
    List<String> bare = run(new ForkedJvm.Builder(), url, size, 0);
    make(cluster);
    ForkedJvm.Builder split =
        cluster.split(new ForkedJvm.Builder()).property("rwsplit.consistency.wait", "5s");
    if (!transactions.isEmpty()) {
      split.property("rwsplit.transactions", transactions);
    }
    // Of sixteen sequences each begins with such a read.
    List<String> agent = run(split, url, size, 16);
    List<String> expected = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < bare.size(); i++) {
      boolean refused = bare.get(i).contains(REFUSED);
      expected.add(refused ? "refused" : bare.get(i));
      if (i < agent.size()) {
        String line = agent.get(i);
        boolean fails = line.contains("=> !! ") && !line.contains(REFUSED);
        seen.add(refused && !fails ? "refused" : line);
      }
    }
    Transcripts.assertSame(expected, seen, url + " by " + size);
  }

  private static void make(ServerCluster cluster) throws Exception {
    StringBuilder insert = new StringBuilder("INSERT INTO many VALUES (1, 'row')");
    for (int i = 2; i <= ROWS; i++) {
      insert.append(", (").append(i).append(", 'row')");
    }
    cluster.make(
        "DROP TABLE IF EXISTS many",
        "DROP TABLE IF EXISTS item",
        "CREATE TABLE many (id INTEGER PRIMARY KEY, name VARCHAR(20))",
        insert.toString(),
        "CREATE TABLE item (id INTEGER PRIMARY KEY, qty INTEGER)",
        "INSERT INTO item VALUES (1, 1), (2, 2), (3, 3)");
  }

  private static List<String> run(ForkedJvm.Builder jvm, String url, int size, int onReplicas)
      throws Exception {
    try (ForkedJvm app = jvm.main(StreamedReads.class, url, size).start()) {
      assertEquals(0, app.exitCode(300), app::transcript);
      assertFalse(app.saysFault(), app::transcript);
      if (onReplicas > 0) {
        assertTrue(ExitTable.of(app).onReplicas() > onReplicas, app::transcript);
      }
      List<String> comparable = new ArrayList<>();
      for (String line : app.out()) {
        // Numbers of connections and portals, and hashes of objects.
        comparable.add(line.replaceAll("\\(conn=\\d+\\)|@[0-9a-f]+|\"C_\\d+\"", ""));
      }
      return comparable;
    }
  }
}
