package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Case;
import io.rwsplit.benchmarks.program.Engine;
import io.rwsplit.benchmarks.program.Programs;
import io.rwsplit.it.Jdk;
import java.io.File;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures all cases of an engine under all contenders, round by round. */
final class StatementBenchmark {
  private static final int VIRTUAL_SINCE = 21;
  private static final String VIRTUAL = "virtual";

  /** In what is said of a round that came to no end. */
  static final String FAILED = "failed";

  private final Settings settings;
  private final Report report;
  private final Engine engine;
  private final List<Contender> contenders = new ArrayList<>();
  private final Map<Case, Rounds> figures = new LinkedHashMap<>();

  StatementBenchmark(Settings settings, Report report, Engine engine) {
    this.settings = settings;
    this.report = report;
    this.engine = engine;
    for (Contender contender : Contender.values()) {
      if (contender.runsOn(engine) && settings.measures(contender)) {
        contenders.add(contender);
      }
    }
  }

  /** The figures by case, for tests. */
  Map<Case, Rounds> figures() {
    return Collections.unmodifiableMap(figures);
  }

  void run(List<String> names, Budget budget) throws IOException, SQLException {
    Map<Case, File> javas = new LinkedHashMap<>();
    for (Case each : Programs.on(engine, names)) {
      File java = java(each);
      if (java == null) {
        report.leaveOut(
            engine.title() + " " + each.name() + ": no JDK " + VIRTUAL_SINCE + " or later found");
      } else {
        javas.put(each, java);
        figures.put(each, new Rounds(Contender.BARE.title()));
      }
    }
    if (javas.isEmpty()) {
      return;
    }
    if (engine != Engine.POSTGRESQL) {
      rounds(null, javas, budget);
    } else {
      try (PostgresServers servers = PostgresServers.start(report)) {
        if (servers == null) {
          return;
        }
        rounds(servers, javas, budget);
      }
    }
    figures.values().removeIf(rounds -> rounds.contenders().isEmpty());
    if (!figures.isEmpty()) {
      new StatementTables(report, engine, contenders, figures).print();
    }
  }

  /** One that failed must not take the figures of all others with it. */
  private void failed(List<Case> cases, IOException why) {
    for (Case each : cases) {
      boolean measured = !figures.get(each).contenders().isEmpty();
      report.leaveOut(
          (engine.title() + " " + each.name() + ": ")
              + (measured ? "a round " : "")
              + (FAILED + ": " + why.getMessage()));
    }
  }

  private void rounds(PostgresServers servers, Map<Case, File> javas, Budget budget)
      throws IOException, SQLException {
    while (budget.another()) {
      for (Map.Entry<List<Case>, File> each : together(javas).entrySet()) {
        List<Rounds> into = new ArrayList<>();
        for (Case one : each.getKey()) {
          into.add(figures.get(one));
        }
        StatementRound round =
            new StatementRound(settings, engine, contenders, each.getValue(), budget.round());
        try {
          round.run(servers, each.getKey(), into);
        } catch (IOException e) {
          failed(each.getKey(), e);
        }
      }
    }
  }

  /** Cases that share processes: none, or all when only smoke is wanted. */
  private Map<List<Case>, File> together(Map<Case, File> javas) {
    Map<File, List<Case>> byJava = new LinkedHashMap<>();
    Map<List<Case>, File> groups = new LinkedHashMap<>();
    for (Map.Entry<Case, File> each : javas.entrySet()) {
      if (settings.pace() == Pace.SMOKE) {
        byJava.computeIfAbsent(each.getValue(), unknown -> new ArrayList<>()).add(each.getKey());
      } else {
        groups.put(Collections.singletonList(each.getKey()), each.getValue());
      }
    }
    for (Map.Entry<File, List<Case>> each : byJava.entrySet()) {
      groups.put(each.getValue(), each.getKey());
    }
    return groups;
  }

  /** The java for a case; null when there is none. */
  private File java(Case which) {
    boolean virtual = which.name().contains(VIRTUAL);
    File found = null;
    if (virtual || settings.pace() == Pace.SMOKE) {
      for (Jdk jdk : Jdk.releases()) {
        if (jdk.isFound() && jdk.feature() >= VIRTUAL_SINCE) {
          found = new File(jdk.home(), "bin/java");
        }
      }
    }
    return found == null && !virtual ? settings.java() : found;
  }
}
