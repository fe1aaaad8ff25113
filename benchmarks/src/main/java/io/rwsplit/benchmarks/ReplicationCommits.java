package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.PacedWriter;
import io.rwsplit.benchmarks.program.PageRows;
import io.rwsplit.benchmarks.program.Times;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What replication to two replicas costs commits on the master: bare, bare again and under the
 * agent, by {@code synchronous}, with pauses and without, in slices in turn.
 */
final class ReplicationCommits {
  private static final int REPLICAS = 2;
  private static final ByteSize DATABASE = ByteSize.of(10 << 20);

  /** So that what one has left to do does not fall on the next. */
  private static final int REST_MILLIS = 60;

  private final Settings settings;
  private final PrintStream out;
  private final Aims aims;

  ReplicationCommits(Settings settings, PrintStream out, Aims aims) {
    this.settings = settings;
    this.out = out;
    this.aims = aims;
  }

  /** One way to write, and per pair and process the quantiles of commits and transactions. */
  private static final class Way {
    private final String synchronous;
    private final int perSecond;

    /** Process (bare, bare, agent) × quantile (commit p50, p99, transaction p50, p99) × pair. */
    private final List<List<List<Double>>> figures = new ArrayList<>();

    private List<List<Long>> commits;
    private List<List<Long>> transactions;

    Way(String synchronous, int perSecond) {
      this.synchronous = synchronous;
      this.perSecond = perSecond;
      for (int process = 0; process < 3; process++) {
        List<List<Double>> quantiles = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          quantiles.add(new ArrayList<>());
        }
        figures.add(quantiles);
      }
    }

    void begin() {
      commits = Arrays.asList(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      transactions = Arrays.asList(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    void add(int process, Times times) {
      for (int i = 0; i < times.size(); i++) {
        commits.get(process).add(times.committed(i) - times.commits(i));
        transactions.get(process).add(times.committed(i) - times.start(i));
      }
    }

    void end() {
      for (int process = 0; process < 3; process++) {
        Distribution commit = ReplicaProbe.distribution(commits.get(process));
        Distribution whole = ReplicaProbe.distribution(transactions.get(process));
        double[] quantiles = {commit.p50(), commit.p99(), whole.p50(), whole.p99()};
        for (int i = 0; i < quantiles.length; i++) {
          figures.get(process).get(i).add(quantiles[i]);
        }
      }
    }

    Summary ratio(int process, int quantile) {
      List<Double> ratios = new ArrayList<>();
      List<Double> base = figures.get(0).get(quantile);
      for (int i = 0; i < base.size(); i++) {
        ratios.add(figures.get(process).get(quantile).get(i) / base.get(i));
      }
      return Summary.of(ratios);
    }

    String name() {
      return synchronous + (perSecond == 0 ? ", no pauses" : ", " + perSecond + "/s");
    }
  }

  void run(ReplicationSite site) throws IOException, SQLException, InterruptedException {
    List<Way> ways = new ArrayList<>();
    for (String synchronous : Arrays.asList("NORMAL", "FULL")) {
      ways.add(new Way(synchronous, 200));
      ways.add(new Way(synchronous, 0));
    }
    for (int pair = 0; pair < settings.pace().repetitions(); pair++) {
      pair(site, ways, pair);
    }
    print(ways);
  }

  private void pair(ReplicationSite site, List<Way> ways, int pair)
      throws IOException, SQLException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      PageRows.create(
          "jdbc:sqlite:" + site.file(master(i)), ReplicationBenchmark.PAGE, DATABASE.bytes());
    }
    List<String> replicas = site.replicas(master(2), REPLICAS);
    try (TalkingProcess bare = writer(site, 0);
        TalkingProcess again = writer(site, 1);
        TalkingProcess agent =
            site.agent(
                master(2), replicas, PacedWriter.class, site.file(master(2)), site.file("times"))) {
      List<TalkingProcess> processes = Arrays.asList(bare, again, agent);
      for (TalkingProcess process : processes) {
        process.result();
      }
      agent.awaitErr(" streams at ", REPLICAS);
      for (TalkingProcess process : processes) {
        process.ask("write 0 " + settings.pace().replicationMillis());
      }
      List<Integer> turn = new ArrayList<>(Arrays.asList(0, 1, 2));
      Collections.rotate(turn, pair);
      for (Way way : ways) {
        way.begin();
        for (TalkingProcess process : processes) {
          process.ask("synchronous " + way.synchronous);
        }
        for (int slice = 0; slice < settings.pace().slices(); slice++) {
          for (int process : turn) {
            TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
            processes.get(process).ask("write " + way.perSecond + " " + millis(way));
            way.add(process, Times.read(site.path("times")));
          }
          Collections.rotate(turn, 1);
        }
        way.end();
      }
    }
    site.delete("commits");
  }

  private int millis(Way way) {
    return (way.perSecond == 0 ? 1 : 3) * settings.pace().sliceMillis();
  }

  private static String master(int process) {
    return "commits" + process + ".db";
  }

  private static TalkingProcess writer(ReplicationSite site, int process) throws IOException {
    return site.bare(PacedWriter.class, site.file(master(process)), site.file("times"));
  }

  private void print(List<Way> ways) {
    out.println("### Commits on the master, two replicas: p50 and p99, agent / bare");
    out.println();
    out.println(
        "| synchronous, pace | commit(), bare, µs | p50 ratio | bare / bare | p99 ratio"
            + " | bare / bare | whole transaction, p50 ratio | p99 ratio |");
    out.println("|---|---|---|---|---|---|---|---|");
    for (Way way : ways) {
      StringBuilder row = new StringBuilder("| " + way.name());
      List<List<Double>> bare = way.figures.get(0);
      row.append(" | ").append(ReplicationBenchmark.format(Summary.of(bare.get(0)).median() / 1e3));
      row.append(" / ").append(ReplicationBenchmark.format(Summary.of(bare.get(1)).median() / 1e3));
      for (int quantile = 0; quantile < 2; quantile++) {
        row.append(" | ").append(way.ratio(2, quantile).format("%.2f"));
        row.append(" | ").append(way.ratio(1, quantile).format("%.2f"));
      }
      row.append(" | ").append(way.ratio(2, 2).format("%.2f"));
      row.append(" | ").append(way.ratio(2, 3).format("%.2f"));
      out.println(row.append(" |"));
      aims.atMost("commit p50 ≤ 1.05 × bare", 1.05, way.name(), way.ratio(2, 0).median());
      aims.atMost("commit p99 ≤ 1 × bare", 1, way.name(), way.ratio(2, 1).median());
    }
    out.println();
  }
}
