package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.proof.MarkerReads;
import org.junit.jupiter.api.io.TempDir;

/** Where reads and writes went, told by the files and not by the agent. */
class ProofByFilesTest {
  private static final int WAYS = 14;
  private static final int WRITES_PER_WAY = 5;
  private static final Pattern COUNT = Pattern.compile("(\\S+)=(\\d+)");

  @TempDir Path directory;

  @OnEveryJdk
  void readsComeFromReplicasAndWritesGoToTheMaster(Jdk jdk) throws Exception {
    File master = Databases.makeMarked(directory.resolve("master.db").toFile());
    File other = Databases.makeMarked(directory.resolve("other.db").toFile());
    File replica1 = Databases.makeMarked(directory.resolve("replica1.db").toFile());
    File replica2 = Databases.makeMarked(directory.resolve("replica2.db").toFile());
    Files.createSymbolicLink(directory.resolve("link.db"), master.toPath());
    Files.createDirectory(directory.resolve("sub"));
    byte[] before1 = Files.readAllBytes(replica1.toPath());
    byte[] before2 = Files.readAllBytes(replica2.toPath());

    try (ForkedJvm app =
        new ForkedJvm.Builder()
            .on(jdk)
            .directory(directory.toFile())
            .split(master, replica1, replica2)
            .property("rwsplit.replication", "off")
            .main(MarkerReads.class)
            .start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      int managed = 0;
      long served = 0;
      long eligible = 0;
      for (String line : app.out()) {
        if (line.startsWith("read by ")) {
          managed++;
          long replicas = count(line, "replica1.db") + count(line, "replica2.db");
          long all = replicas + count(line, "master.db") + count(line, "nothing");
          // "nothing" is a comparison with NULL: no row, and no telling where.
          long known = all - count(line, "nothing");
          assertTrue(known >= 70 && replicas > known / 2, () -> line + "\n" + app.transcript());
          served += replicas;
          eligible += known;
        } else if (line.startsWith("read of ")) {
          String name = line.substring("read of ".length(), line.indexOf(':'));
          assertEquals(70, count(line, name), app::transcript);
        }
      }
      assertEquals(WAYS, managed, app::transcript);
      assertTrue(served >= 0.95 * eligible, app::transcript);
    }

    List<String> written =
        Databases.rows(master, "SELECT way, COUNT(*) FROM ledger GROUP BY way ORDER BY way");
    assertEquals(WAYS, written.size(), written::toString);
    for (String line : written) {
      assertTrue(line.endsWith("," + WRITES_PER_WAY), line);
    }
    assertEquals(
        List.of("other," + WRITES_PER_WAY),
        Databases.rows(other, "SELECT way, COUNT(*) FROM ledger GROUP BY way"));
    assertArrayEquals(before1, Files.readAllBytes(replica1.toPath()));
    assertArrayEquals(before2, Files.readAllBytes(replica2.toPath()));
    assertEquals(List.of("0"), Databases.rows(replica1, "SELECT COUNT(*) FROM ledger"));
    assertEquals(List.of("0"), Databases.rows(replica2, "SELECT COUNT(*) FROM ledger"));
  }

  private static long count(String line, String marker) {
    Matcher matcher = COUNT.matcher(line.substring(line.indexOf('{')).replaceAll("[{},]", " "));
    while (matcher.find()) {
      if (matcher.group(1).equals(marker)) {
        return Long.parseLong(matcher.group(2));
      }
    }
    return 0;
  }
}
