package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.servers.PatroniCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} of what is said of Patroni. */
@Tag("patroni")
class VerifyPatroniTest {
  @TempDir Path directory;

  private Tool.Ran verify(String master, String patroni, int code) throws Exception {
    Path password = Files.writeString(directory.resolve("password.txt"), ServerCluster.APP);
    return new Tool(directory)
        .run(
            "verify",
            "-Drwsplit.master=" + master,
            "-Drwsplit.failover=follow",
            "-Drwsplit.patroni=" + patroni,
            "--driver-path",
            Tool.drivers(),
            "--user",
            ServerCluster.APP,
            "--password-file",
            password.toString())
        .expect(code);
  }

  private static void says(Tool.Ran ran, String... words) {
    for (String each : words) {
      assertTrue(ran.out.contains(each), () -> each + " is not said: " + ran);
    }
  }

  @Test
  void membersAndWhatIsNoPatroni() throws Exception {
    try (PatroniCluster cluster = PatroniCluster.start()) {
      String leader = cluster.url(cluster.leader());
      says(verify(leader, cluster.restUrls(), 0), "members, the leader is node", "0 FAIL");
      String strange = leader.replace("127.0.0.1", "127.0.0.2");
      says(
          verify(strange, cluster.restUrls(), 1),
          "127.0.0.2:" + cluster.port(cluster.leader()) + " of rwsplit.master is no member",
          "write hosts as Patroni does");
      String first = cluster.restUrls().split(",", -1)[0];
      says(
          verify(leader, first.replace("http:", "https:"), 1),
          "does not speak TLS with us",
          "or is it http://");
      String database = "http://127.0.0.1:" + cluster.port(cluster.leader());
      says(verify(leader, database, 1), "correct rwsplit.patroni");
    }
  }
}
