package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.PacedWriter;
import io.rwsplit.benchmarks.program.ReplicaWatcher;
import io.rwsplit.benchmarks.program.Times;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * One size of the database with one number of replicas. Whatever it is compared with is measured in
 * turns with it. Figures are valid once {@link #measure} has returned.
 */
final class ReplicationRun {
  /** Transactions per second of the paced writer. */
  static final int PACE = 500;

  private final Settings settings;
  private final ReplicationSite site;
  final ByteSize size;
  final int replicas;

  /** Nanoseconds of {@code cp}, as many side by side as there are replicas; empty when left out. */
  final List<Double> copies = new ArrayList<>();

  /** Nanoseconds from the attachment to the master until every replica streams. */
  final List<Double> firstCopies = new ArrayList<>();

  final ReplicaProbe.Paced paced = new ReplicaProbe.Paced();
  final ReplicaProbe.Paced bare = new ReplicaProbe.Paced();

  /** Nanoseconds from a commit's return until a thread that only looks has noticed. */
  private final List<Long> detections = new ArrayList<>();

  /** Transactions per second of a writer who never pauses, and nanoseconds replicas then need. */
  double[] flatOut;

  int burstPages;
  final List<Double> burstCopies = new ArrayList<>();
  final List<Double> bareBursts = new ArrayList<>();

  /** Nanoseconds from the commit's return until all replicas show a large transaction. */
  final List<Double> catchUps = new ArrayList<>();

  Distribution reads;
  Distribution stillReads;
  long locksMet;

  ReplicationRun(Settings settings, ReplicationSite site, ByteSize size, int replicas) {
    this.settings = settings;
    this.site = site;
    this.size = size;
    this.replicas = replicas;
  }

  String name() {
    return size + " × " + replicas;
  }

  Distribution lag() {
    return paced.lag();
  }

  Distribution detection() {
    return ReplicaProbe.distribution(detections);
  }

  /**
   * Measures all.
   *
   * @param master an existing database
   * @param yardstick a bare writer that detects its commits
   * @param rounds of the first copy
   * @param compare whether {@code cp} is run beside it
   */
  void measure(String master, TalkingProcess yardstick, int rounds, boolean compare)
      throws IOException, InterruptedException {
    List<String> files = site.replicas(master, replicas);
    for (int round = 1; round <= rounds; round++) {
      if (compare) {
        copies.add((double) site.copy(master, replicas));
      }
      site.flush();
      try (TalkingProcess writer =
          site.agent(master, files, PacedWriter.class, site.file(master), site.file("times"))) {
        int rows = Integer.parseInt(writer.result());
        long attached = writer.awaitErr("attached to master", 1);
        firstCopies.add((double) (writer.awaitErr(" streams at ", replicas) - attached));
        if (round == rounds) {
          site.flush();
          beside(files, writer, yardstick, rows);
        }
      }
      site.delete(master + "-replica");
    }
  }

  private void beside(List<String> files, TalkingProcess writer, TalkingProcess yardstick, int rows)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>();
    arguments.add(site.file(ReplicationBenchmark.STILL));
    arguments.addAll(files);
    int millis = settings.pace().replicationMillis();
    try (TalkingProcess watcher =
        site.bare(ReplicaWatcher.class, arguments.toArray(new String[0]))) {
      watcher.result();
      ReplicaProbe probe = new ReplicaProbe(site, writer, watcher, replicas);
      // The first times warm up.
      probe.flatOut(millis / 2);
      yardstick.ask("write 0 " + millis / 2);
      probe.paced(new ReplicaProbe.Paced(), PACE, millis / 2);
      for (int slice = 0; slice < settings.pace().repetitions(); slice++) {
        detections(yardstick, millis);
        probe.paced(paced, PACE, millis);
      }
      flatOut = probe.flatOut(millis / 2);
      reads(writer, watcher, millis * settings.pace().repetitions());
      bursts(probe, yardstick, rows);
    }
  }

  private void detections(TalkingProcess yardstick, int millis) throws IOException {
    bare.add(yardstick.ask("write " + PACE + " " + millis));
    Times times = Times.read(site.path("times"));
    for (int i = 0; i < times.size(); i++) {
      detections.add(times.detected(i) - times.committed(i));
    }
  }

  private void reads(TalkingProcess writer, TalkingProcess watcher, int millis) throws IOException {
    writer.tell("write " + PACE + " " + (millis + 500));
    locksMet = Long.parseLong(watcher.ask("read " + millis + " " + site.file("seen")));
    writer.result();
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(site.path("seen")), 1 << 16))) {
      reads = Distribution.read(in);
      stillReads = Distribution.read(in);
    }
  }

  private void bursts(ReplicaProbe probe, TalkingProcess yardstick, int rows)
      throws IOException, InterruptedException {
    burstPages = Math.min(rows, ReplicationBenchmark.BURST_PAGES);
    String file = "burst";
    Files.write(site.path(file), new byte[burstPages * ReplicationBenchmark.PAGE]);
    for (int round = 0; round < settings.pace().repetitions(); round++) {
      burstCopies.add((double) site.copy(file, replicas));
      bareBursts.add(Double.parseDouble(yardstick.ask("burst " + burstPages)));
      site.flush();
      catchUps.add(probe.burst(burstPages));
    }
    site.delete(file);
  }
}
