package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Times;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A writer under the agent and a process that watches its replicas, asked in step. */
final class ReplicaProbe {
  private static final long PATIENCE_MILLIS = 60_000;

  /** The paced writer's work, and when it arrived. */
  static final class Paced {
    /** Nanoseconds from each commit's return, on each replica. */
    final List<Long> lags = new ArrayList<>();

    int transactions;

    /** Of the process: CPU in nanoseconds, bytes read, bytes written by system calls. */
    final double[] costs = new double[3];

    /** Adds what the writer has answered to {@code write}. */
    void add(String answer) {
      String[] words = answer.split(" ", -1);
      transactions += Integer.parseInt(words[0]);
      for (int i = 0; i < costs.length; i++) {
        costs[i] += Double.parseDouble(words[i + 1]);
      }
    }

    /** Of a transaction. */
    double cost(int index) {
      return costs[index] / transactions;
    }

    Distribution lag() {
      return distribution(lags);
    }
  }

  private final ReplicationSite site;
  private final TalkingProcess writer;
  private final TalkingProcess watcher;
  private final int replicas;

  ReplicaProbe(ReplicationSite site, TalkingProcess writer, TalkingProcess watcher, int replicas) {
    this.site = site;
    this.writer = writer;
    this.watcher = watcher;
    this.replicas = replicas;
  }

  /** So many transactions per second, for so long, added to what was measured before. */
  void paced(Paced paced, int perSecond, int millis) throws IOException {
    int count = perSecond * millis / 1_000;
    watch(newest() + 1, count);
    paced.add(writer.ask("write " + perSecond + " " + millis));
    Times times = Times.read(site.path("times"));
    for (long[] replica : seen(count)) {
      for (int i = 0; i < count; i++) {
        paced.lags.add(Math.max(0, replica[i] - times.committed(i)));
      }
    }
  }

  /** A writer who never pauses: transactions per second, and how long replicas need afterwards. */
  double[] flatOut(int millis) throws IOException {
    writer.ask("write 0 " + millis);
    Times times = Times.read(site.path("times"));
    int last = times.size() - 1;
    watch(times.first() + last, 1);
    double rate = times.size() * 1e9 / (times.committed(last) - times.start(0));
    return new double[] {rate, latest(times, last, seen(1))};
  }

  /** One large transaction: nanoseconds from its commit's return until all replicas show it. */
  double burst(int pages) throws IOException {
    watch(newest() + 1, 1);
    writer.ask("burst " + pages);
    return latest(Times.read(site.path("times")), 0, seen(1));
  }

  private static double latest(Times times, int index, List<long[]> seen) {
    long latest = 0;
    for (long[] replica : seen) {
      latest = Math.max(latest, replica[0] - times.committed(index));
    }
    return latest;
  }

  private long newest() throws IOException {
    return Long.parseLong(writer.ask("newest"));
  }

  private void watch(long first, int count) throws IOException {
    watcher.tell("watch " + first + " " + count + " " + PATIENCE_MILLIS + " " + site.file("seen"));
  }

  private List<long[]> seen(int count) throws IOException {
    String missing = watcher.result();
    if (!missing.equals("0")) {
      throw new IOException(missing + " transactions have not reached the replicas");
    }
    List<long[]> seen = new ArrayList<>();
    try (DataInputStream in =
        new DataInputStream(
            new BufferedInputStream(Files.newInputStream(site.path("seen")), 1 << 16))) {
      for (int replica = 0; replica < replicas; replica++) {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
          times[i] = in.readLong();
        }
        seen.add(times);
      }
    }
    return seen;
  }

  static Distribution distribution(List<Long> nanos) {
    return Distribution.of(nanos.stream().mapToLong(Long::longValue).toArray());
  }
}
