package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Hello;
import io.rwsplit.benchmarks.program.OneQuery;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what a whole JVM costs from start to end, in CPU time of the process as bash's {@code
 * time} reports it (user + system, which counts every thread, ended ones too), and on the clock.
 */
final class StartupBenchmark {
  private static final String TIME = "TIMEFORMAT='TIME %U %S %R'; { time \"$@\"; } 2>&1";
  private static final String BARE = "bare";
  private static final String AGAIN = "bare again";
  private static final String EMPTY = "an empty agent";
  private static final String IDLE = "agent, not configured";
  private static final String AGENT = "agent";
  private static final String CPU = "cpu ms";
  private static final String WALL = "wall ms";
  private static final String CLASSES = "classes";

  private final Settings settings;
  private final Report report;

  StartupBenchmark(Settings settings, Report report) {
    this.settings = settings;
    this.report = report;
  }

  /** A program, and how a run of it under something is started. */
  private interface Start {
    /** The command; it ends by itself. */
    List<String> command(Site site, Site.Under under) throws IOException;
  }

  void run(Budget budget) throws IOException, SQLException, InterruptedException {
    Map<String, Start> programs = new LinkedHashMap<>();
    programs.put("hello", (site, under) -> site.command(under, Hello.class, site.url()));
    programs.put("one query", (site, under) -> site.command(under, OneQuery.class, site.url()));
    if (settings.pace() == Pace.SMOKE) {
      report.leaveOut("start-up of Spring Boot: it takes long, and only smoke is wanted");
    } else if (settings.boot().isFile()) {
      programs.put("Spring Boot", (site, under) -> boot(site, under));
    } else {
      report.leaveOut("start-up of Spring Boot: no " + settings.boot() + ": build it, or --boot");
    }
    Map<String, Rounds> figures = new LinkedHashMap<>();
    while (budget.another()) {
      for (Map.Entry<String, Start> each : programs.entrySet()) {
        round(
            figures.computeIfAbsent(each.getKey(), name -> new Rounds(BARE)),
            each.getValue(),
            budget.round());
      }
    }
    for (Map.Entry<String, Start> each : programs.entrySet()) {
      classes(figures.get(each.getKey()), each.getValue());
    }
    print(figures);
  }

  /** Spring Boot's shop, which ends as soon as its context is complete. */
  private List<String> boot(Site site, Site.Under under) throws IOException {
    List<String> options = site.options(under);
    // Not the small heap of the others.
    options.addAll(Arrays.asList("-XX:+UseSerialGC", "-Xmx512m"));
    options.add("-Dspring.context.exit=onRefresh");
    options.addAll(
        Arrays.asList(
            "-jar",
            settings.boot().getPath(),
            "--server.port=0",
            "--spring.datasource.url=" + site.url(),
            "--spring.jpa.properties.hibernate.dialect="
                + "org.hibernate.community.dialect.SQLiteDialect",
            "--spring.jpa.hibernate.ddl-auto=none",
            "--spring.flyway.baseline-on-migrate=true",
            "--spring.flyway.baseline-version=0",
            "--spring.flyway.placeholders.identity=id INTEGER PRIMARY KEY AUTOINCREMENT"));
    return options;
  }

  private Map<String, Site.Under> contenders() {
    Map<String, Site.Under> contenders = new LinkedHashMap<>();
    contenders.put(BARE, Site.Under.BARE);
    contenders.put(AGAIN, Site.Under.BARE);
    if (settings.withAgent()) {
      contenders.put(EMPTY, Site.Under.EMPTY_AGENT);
      contenders.put(IDLE, Site.Under.IDLE_AGENT);
      contenders.put(AGENT, Site.Under.AGENT);
    }
    return contenders;
  }

  private void round(Rounds figures, Start start, int number)
      throws IOException, SQLException, InterruptedException {
    List<Map.Entry<String, Site.Under>> turn = new ArrayList<>(contenders().entrySet());
    java.util.Collections.rotate(turn, number);
    for (Map.Entry<String, Site.Under> each : turn) {
      double[] once = once(start, each.getValue());
      figures.add(each.getKey(), CPU, once[0]);
      figures.add(each.getKey(), WALL, once[1]);
    }
  }

  /** CPU and wall milliseconds of one process. */
  private double[] once(Start start, Site.Under under)
      throws IOException, SQLException, InterruptedException {
    try (Site site = new Site(settings, "WAL")) {
      List<String> command = new ArrayList<>(Arrays.asList("bash", "-c", TIME, "bash"));
      command.addAll(start.command(site, under));
      for (String line : Output.of(command, site.log(), 180)) {
        String[] words = line.split(" ", -1);
        if (words.length == 4 && words[0].equals("TIME")) {
          double user = Double.parseDouble(words[1]);
          double system = Double.parseDouble(words[2]);
          return new double[] {(user + system) * 1e3, Double.parseDouble(words[3]) * 1e3};
        }
      }
      throw new IOException("bash reported no time");
    }
  }

  /** How many classes are loaded in the end, in runs of their own: the log costs time. */
  private void classes(Rounds figures, Start start)
      throws IOException, SQLException, InterruptedException {
    for (Map.Entry<String, Site.Under> each : contenders().entrySet()) {
      try (Site site = new Site(settings, "WAL")) {
        List<String> command = start.command(site, each.getValue());
        command.add(1, "-Xlog:class+load=info");
        int loaded = 0;
        for (String line : Output.of(command, site.log(), 180)) {
          loaded += line.contains("[class,load]") ? 1 : 0;
        }
        figures.add(each.getKey(), CLASSES, loaded);
      }
    }
  }

  private void print(Map<String, Rounds> all) {
    report.line("### Start-up, whole process, %d rounds", all.values().iterator().next().count());
    report.line("");
    report.line(
        "| program | under | classes | CPU, ms | CPU beyond bare, ms | wall, ms"
            + " | wall beyond bare, ms |");
    report.line("|---|---|---|---|---|---|---|");
    for (Map.Entry<String, Rounds> each : all.entrySet()) {
      Rounds figures = each.getValue();
      for (String contender : contenders().keySet()) {
        report.line(
            "| %s | %s | %,.0f | %,.0f | %s | %,.0f | %s |",
            each.getKey(),
            contender,
            figures.of(contender, CLASSES).median(),
            figures.of(contender, CPU).median(),
            figures.difference(contender, CPU).format("%.0f"),
            figures.of(contender, WALL).median(),
            figures.difference(contender, WALL).format("%.0f"));
      }
      report.record("start-up", each.getKey(), figures);
    }
    report.line("");
    aim(all, "hello", 40);
    aim(all, "one query", 150);
    aim(all, "Spring Boot", 400);
  }

  private void aim(Map<String, Rounds> all, String program, double limit) {
    Rounds figures = all.get(program);
    if (figures != null && figures.contenders().contains(AGENT)) {
      report
          .aims()
          .atMost(
              String.format(
                  java.util.Locale.ROOT,
                  "start-up of %s, CPU beyond bare ≤ %.0f ms",
                  program,
                  limit),
              limit,
              String.format(
                  java.util.Locale.ROOT, "%,.0f classes", figures.of(BARE, CLASSES).median()),
              figures.difference(AGENT, CPU).median());
    }
  }
}
