package io.rwsplit.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** kill -9 of a JVM that writes and replicates, at random moments. */
class CrashTest {
  private static final int KILLS = Integer.getInteger("rwsplit.test.kills", 12);

  private final AtomicInteger resumed = new AtomicInteger();

  @Test
  void killedAtRandomMomentsNothingIsLostAndReplicasCatchUp() throws Exception {
    long seed = System.nanoTime();
    System.out.println("CrashTest seed " + seed);
    Random random = new Random(seed);
    Path directory = Files.createTempDirectory("rwsplit-crash");
    try {
      long acknowledged = -1;
      for (int i = 0; i < KILLS; i++) {
        Process process = Forked.start(Writer.class, directory.toString(), "" + random.nextInt());
        try {
          acknowledged = Math.max(acknowledged, killAfter(process, 20 + random.nextInt(400)));
        } finally {
          process.destroyForcibly().waitFor();
        }
        Path master = directory.resolve("master.db");
        if (i % 2 == 0) {
          checkReplicas(directory, "after kill " + i + ", seed " + seed);
        }
        if (i % 3 == 2) {
          // Opening the master here ends with a checkpoint, and its log is deleted.
          checkMaster(master, acknowledged, "after kill " + i + ", seed " + seed);
        }
      }
      checkMaster(directory.resolve("master.db"), acknowledged, "seed " + seed);
      Harness harness = new Harness(directory, 2).start();
      harness.assertEqual();
      harness.stop();
      assertTrue(acknowledged > 100, "only " + acknowledged + " commits");
      System.out.println(
          "CrashTest: " + acknowledged + " acknowledged commits, resumed " + resumed + " times");
    } finally {
      Harness.deleteTree(directory);
    }
  }

  /** Reads acknowledgements, kills some time after the first, and returns the last one seen. */
  private long killAfter(Process process, long millis) throws Exception {
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    long[] last = {-1};
    Thread reader =
        new Thread(
            () -> {
              try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  if (line.equals("resumed")) {
                    resumed.incrementAndGet();
                  }
                  if (line.startsWith("ack ") && line.endsWith(".")) {
                    last[0] = Long.parseLong(line.substring(4, line.length() - 1));
                  }
                }
              } catch (IOException e) {
                // The process is gone.
              }
            });
    reader.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (Forked.isSilent(process, reader, last) && System.nanoTime() < deadline) {
      Thread.sleep(1);
    }
    Thread.sleep(millis);
    process.destroyForcibly().waitFor();
    reader.join();
    return last[0];
  }

  private static void checkMaster(Path master, long acknowledged, String when) throws Exception {
    try (Connection connection = Harness.open(master)) {
      assertEquals("ok", Harness.query(connection, "PRAGMA integrity_check"), when);
      long n = Long.parseLong(Harness.query(connection, "SELECT n FROM counter"));
      assertTrue(n >= acknowledged, when + ": " + n + " < " + acknowledged);
    }
  }

  /** A replica left by a crash is some whole commit of the master. */
  private static void checkReplicas(Path directory, String when) throws Exception {
    for (int i = 0; i < 2; i++) {
      Path replica = directory.resolve("replica" + i + ".db");
      if (!Files.exists(replica)) {
        continue;
      }
      try (Connection connection = Harness.open(replica)) {
        assertEquals("ok", Harness.query(connection, "PRAGMA integrity_check"), when);
        String sums =
            Harness.query(
                connection,
                "SELECT (SELECT count(*) FROM log) - n, (SELECT coalesce(max(n), 0) FROM log) - n"
                    + " FROM counter");
        assertEquals("0|0", sums, when);
      }
    }
  }

  /** Writes numbered commits to a master with two replicas, acknowledging each on its output. */
  static final class Writer {
    public static void main(String[] args) throws Exception {
      Random random = new Random(Integer.parseInt(args[1]));
      Harness harness = new Harness(Paths.get(args[0]), 2);
      Connection app = harness.connect(harness.master);
      Harness.sql(
          app,
          "PRAGMA journal_mode=WAL",
          "PRAGMA synchronous=NORMAL",
          "BEGIN IMMEDIATE",
          "CREATE TABLE IF NOT EXISTS counter (n INTEGER)",
          "CREATE TABLE IF NOT EXISTS log (n INTEGER PRIMARY KEY, pad BLOB)",
          "INSERT INTO counter SELECT 0 WHERE NOT EXISTS (SELECT * FROM counter)",
          "COMMIT");
      harness.start();
      harness.awaitCaughtUp();
      System.out.println(harness.replicator.status(0).resyncs() == 0 ? "resumed" : "compared");
      long n = Long.parseLong(Harness.query(app, "SELECT n FROM counter"));
      while (true) {
        n++;
        Harness.sql(
            app,
            "BEGIN IMMEDIATE",
            "UPDATE counter SET n = " + n,
            "INSERT INTO log VALUES (" + n + ", randomblob(" + random.nextInt(3000) + "))",
            "COMMIT");
        harness.replicator.tickets().newTicket();
        System.out.println("ack " + n + ".");
        if (random.nextInt(400) == 0) {
          Harness.sql(
              app,
              "BEGIN IMMEDIATE",
              "UPDATE log SET pad = randomblob(500) WHERE n % 7 = " + random.nextInt(7),
              "COMMIT");
        }
      }
    }
  }

  /** JVMs started by tests. */
  static final class Forked {
    private Forked() {}

    static Process start(Class<?> main, String... arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Paths.get(System.getProperty("java.home"), "bin", "java").toString());
      command.add("-XX:TieredStopAtLevel=1");
      command.add("-Xshare:auto");
      command.add("-cp");
      command.add(System.getProperty("java.class.path"));
      command.add(main.getName());
      for (String argument : arguments) {
        command.add(argument);
      }
      return new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.to(Paths.get("/dev/null").toFile()))
          .start();
    }

    static boolean isSilent(Process process, Thread reader, long[] last) {
      return process.isAlive() && reader.isAlive() && last[0] < 0;
    }
  }
}
