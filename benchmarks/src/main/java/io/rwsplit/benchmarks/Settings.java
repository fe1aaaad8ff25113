package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Engine;
import io.rwsplit.benchmarks.program.Programs;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The command line, checked. Immutable once made. */
final class Settings {

  static final String STARTUP = "startup";
  static final String CONTENTION = "contention";
  static final String PACED = "contention-paced";
  static final String SCALE = "scale";

  /** The second half of {@link #SCALE}; no name that can be asked for. */
  static final String SCALE_HOLDING = "scale-holding";

  static final String SERVERS = "servers";
  static final String COMMIT = "commit";

  /** The second half of {@link #COMMIT}; no name that can be asked for. */
  static final String COMMIT_PACED = "commit-paced";

  static final String REPLICATION = "replication";

  /** A command line that cannot be followed. */
  static final class BadArguments extends Exception {
    private static final long serialVersionUID = 1L;

    BadArguments(String message) {
      super(message);
    }
  }

  private final Set<String> cases = new LinkedHashSet<>();
  private final List<String> jvmArguments = new ArrayList<>();
  private final Set<Engine> engines = EnumSet.noneOf(Engine.class);
  private int rounds;
  private int minutes;
  private Pace pace = Pace.MEDIUM;
  private boolean bare;
  private boolean keep;
  private boolean help;
  private File agent = new File("agent/target/rwsplit.jar");
  private File java = new File(System.getProperty("java.home"));
  private File directory;
  private File boot = new File("framework-apps/boot3/target/boot3.jar");
  private Path results = Path.of("benchmarks/target/results.json");
  private List<ByteSize> sizes;
  private List<Integer> replicas;
  private ByteSize most = ByteSize.parse("12g");

  private Settings() {}

  static Settings parse(String... arguments) throws BadArguments {
    Settings settings = new Settings();
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (settings.flag(argument)) {
        continue;
      }
      if (!argument.startsWith("--")) {
        settings.addCase(argument);
        continue;
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 && i + 1 == arguments.length) {
        throw new BadArguments(name + " is unknown or needs a value; --help lists what there is");
      }
      settings.value(name, equals < 0 ? arguments[++i] : argument.substring(equals + 1));
    }
    settings.complete();
    return settings;
  }

  static String usage() {
    return String.join(
        System.lineSeparator(),
        "usage: java -jar benchmarks/target/benchmarks.jar [options] [case ...]",
        "",
        "  --minutes N    for everything asked for (default 15, with --quick 5); every section gets",
        "                 its part, takes at least one round, and as many as fit",
        "  --rounds N     at most so many (default 7, with --quick 3)",
        "  --quick        shorter runs: the order of magnitude",
        "  --smoke        shows that it runs; its figures are worth nothing",
        "  --engines A,B  of sqlite, h2, postgresql (default all)",
        "  --agent PATH   the agent's jar (default agent/target/rwsplit.jar)",
        "  --bare         bare processes only, no agent: what the machine's noise is",
        "  --java PATH    a JDK, or its java (default: the one this runs on)",
        "  --jvm ARG      an argument for every measured process under the agent, repeatable",
        "  --dir PATH     where the databases go (default: the temporary directory)",
        "  --boot PATH    Spring Boot's jar (default framework-apps/boot3/target/boot3.jar)",
        "  --results PATH every figure, as JSON (default benchmarks/target/results.json)",
        "  --keep         keep databases and logs, and say where they are",
        "",
        "cases: " + String.join(" ", allCases()),
        "  " + REPLICATION + " runs only when it is named: it writes tens of gigabytes",
        "",
        "options of " + REPLICATION + ":",
        "  --sizes A,B    of the database (default 10m,1g,10g, with --quick 10m)",
        "  --replicas A,B how many (default 1,2,8, with --quick 1,2)",
        "  --most SIZE    replicas of more than this together are left out (default 12g)",
        "");
  }

  private static Set<String> allCases() {
    Set<String> all = new LinkedHashSet<>(Programs.names());
    all.add(STARTUP);
    all.add(SCALE);
    all.add(SERVERS);
    all.add(CONTENTION);
    all.add(PACED);
    all.add(COMMIT);
    all.add(REPLICATION);
    return all;
  }

  private boolean flag(String argument) {
    switch (argument) {
      case "--quick":
        pace = Pace.QUICK;
        return true;
      case "--smoke":
        pace = Pace.SMOKE;
        return true;
      case "--bare":
        bare = true;
        return true;
      case "--keep":
        keep = true;
        return true;
      case "--help":
        help = true;
        return true;
      default:
        return false;
    }
  }

  private void value(String name, String value) throws BadArguments {
    switch (name) {
      case "--rounds":
        rounds = number(name, value);
        break;
      case "--minutes":
        minutes = number(name, value);
        break;
      case "--engines":
        addEngines(value);
        break;
      case "--boot":
        boot = new File(value);
        break;
      case "--results":
        results = Path.of(value);
        break;
      case "--agent":
        agent = new File(value);
        break;
      case "--java":
        java = new File(value);
        break;
      case "--jvm":
        jvmArguments.add(value);
        break;
      case "--dir":
        directory = new File(value);
        break;
      case "--sizes":
        sizes = sizes(value);
        break;
      case "--replicas":
        replicas = counts(value);
        break;
      case "--most":
        most = sizes(value).get(0);
        break;
      default:
        throw new BadArguments(name + " is unknown; --help lists what there is");
    }
  }

  private static int number(String name, String value) throws BadArguments {
    if (value.matches("[1-9][0-9]{0,2}")) {
      return Integer.parseInt(value);
    }
    throw new BadArguments(name + ": '" + value + "' is not allowed; allowed is 1 to 999");
  }

  private void addEngines(String value) throws BadArguments {
    for (String each : value.split(",", -1)) {
      try {
        engines.add(Engine.valueOf(each.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw new BadArguments("--engines: '" + each + "' is none of sqlite, h2, postgresql");
      }
    }
  }

  private static List<ByteSize> sizes(String value) throws BadArguments {
    List<ByteSize> sizes = new ArrayList<>();
    try {
      for (String each : value.split(",", -1)) {
        sizes.add(ByteSize.parse(each));
      }
    } catch (IllegalArgumentException e) {
      throw new BadArguments("'" + value + "' is not a size, from 1m, as 10m or 1g");
    }
    return sizes;
  }

  private static List<Integer> counts(String value) throws BadArguments {
    if (!value.matches("[1-9][0-9]?(,[1-9][0-9]?)*")) {
      throw new BadArguments("--replicas: '" + value + "' is not allowed; allowed is 1 to 99");
    }
    List<Integer> counts = new ArrayList<>();
    for (String each : value.split(",", -1)) {
      counts.add(Integer.valueOf(each));
    }
    return counts;
  }

  private void addCase(String name) throws BadArguments {
    if (!allCases().contains(name)) {
      throw new BadArguments("no case '" + name + "'; there are " + String.join(", ", allCases()));
    }
    cases.add(name);
  }

  private void complete() throws BadArguments {
    boolean quick = pace != Pace.MEDIUM;
    if (cases.isEmpty()) {
      cases.addAll(allCases());
      cases.remove(REPLICATION);
    }
    if (sizes == null) {
      sizes = sizes(quick ? "10m" : "10m,1g,10g");
    }
    if (replicas == null) {
      replicas = counts(quick ? "1,2" : "1,2,8");
    }
    if (rounds == 0) {
      rounds = pace == Pace.SMOKE ? 1 : quick ? 3 : 7;
    }
    if (minutes == 0) {
      minutes = quick ? 5 : 15;
    }
    if (engines.isEmpty()) {
      engines.addAll(EnumSet.allOf(Engine.class));
    }
    if (java.isDirectory()) {
      java = new File(java, "bin/java");
    }
    if (help) {
      return;
    }
    if (!java.canExecute()) {
      throw new BadArguments("--java: " + java + " is not a JDK or a java command");
    }
    if (!bare && !agent.isFile()) {
      throw new BadArguments(
          "--agent: " + agent + " does not exist: build it, name another, or measure with --bare");
    }
    if (bare && cases.contains(REPLICATION)) {
      throw new BadArguments("--bare: " + REPLICATION + " is nothing without the agent");
    }
    if (directory != null && !directory.isDirectory()) {
      throw new BadArguments("--dir: " + directory + " is not a directory");
    }
  }

  boolean runs(String name) {
    return cases.contains(name);
  }

  /** Cases that are programs, in the order asked for. */
  List<String> programs() {
    List<String> programs = new ArrayList<>(cases);
    programs.retainAll(Programs.names());
    return programs;
  }

  /** Of each section, at most. */
  int rounds() {
    return rounds;
  }

  /** For all sections together. */
  int minutes() {
    return minutes;
  }

  Pace pace() {
    return pace;
  }

  Set<Engine> engines() {
    return engines;
  }

  boolean measures(Contender contender) {
    if (contender == Contender.CONTROL) {
      return pace != Pace.SMOKE;
    }
    return !bare || contender.isBare();
  }

  /** The executable jar of Spring Boot. */
  File boot() {
    return boot;
  }

  /** Where every figure goes. */
  Path results() {
    return results;
  }

  boolean help() {
    return help;
  }

  boolean keep() {
    return keep;
  }

  /** Whether the agent is measured too. */
  boolean withAgent() {
    return !bare;
  }

  File agent() {
    return agent;
  }

  File java() {
    return java;
  }

  List<String> jvmArguments() {
    return jvmArguments;
  }

  /** Where the databases go; null for the temporary directory. */
  File directory() {
    return directory;
  }

  /** Sizes of the database whose replication is measured. */
  List<ByteSize> sizes() {
    return sizes;
  }

  List<Integer> replicas() {
    return replicas;
  }

  /** What all replicas together may take. */
  ByteSize most() {
    return most;
  }
}
