package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Programs;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The command line, checked. Immutable once made. */
final class Settings {

  static final String STARTUP = "startup";
  static final String CONTENTION = "contention";
  static final String PACED = "contention-paced";
  static final String COMMIT = "commit";
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
  private int pairs;
  private boolean quick;
  private boolean smoke;
  private boolean bare;
  private boolean keep;
  private boolean help;
  private File agent = new File("agent/target/rwsplit.jar");
  private File java = new File(System.getProperty("java.home"));
  private File directory;
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
        "  --pairs N      pairs of processes per case (default 7, with --quick 3)",
        "  --quick        shorter runs: the order of magnitude",
        "  --agent PATH   the agent's jar (default agent/target/rwsplit.jar)",
        "  --bare         bare processes only, no agent: what the machine's noise is",
        "  --java PATH    a JDK, or its java (default: the one this runs on)",
        "  --jvm ARG      an argument for every measured process under the agent, repeatable",
        "  --dir PATH     where the databases go (default: the temporary directory)",
        "  --keep         keep databases and logs, and say where they are",
        "",
        "cases: " + String.join(" ", allCases()),
        "  " + REPLICATION + " runs only when it is named: it writes tens of gigabytes",
        "",
        "options of " + REPLICATION + ":",
        "  --sizes A,B    of the database (default 10m,1g,10g, with --quick 10m)",
        "  --replicas A,B how many (default 1,2,8, with --quick 1,2)",
        "  --most SIZE    replicas of more than this together are left out (default 12g)",
        "  --smoke        shows that it runs; its figures are worth nothing",
        "");
  }

  private static Set<String> allCases() {
    Set<String> all = new LinkedHashSet<>(Programs.names());
    all.add(STARTUP);
    all.add(CONTENTION);
    all.add(PACED);
    all.add(COMMIT);
    all.add(REPLICATION);
    return all;
  }

  private boolean flag(String argument) {
    switch (argument) {
      case "--quick":
        quick = true;
        return true;
      case "--smoke":
        smoke = true;
        quick = true;
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
      case "--pairs":
        pairs = pairs(value);
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

  private static int pairs(String value) throws BadArguments {
    if (value.matches("[1-9][0-9]{0,2}")) {
      return Integer.parseInt(value);
    }
    throw new BadArguments("--pairs: '" + value + "' is not allowed; allowed is 1 to 999");
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
    if (pairs == 0) {
      pairs = quick ? 3 : 7;
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

  int pairs() {
    return pairs;
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

  int warmUpMillis() {
    return quick ? 700 : 2_000;
  }

  int slices() {
    return smoke ? 1 : quick ? 5 : 10;
  }

  int sliceMillis() {
    return quick ? 100 : 150;
  }

  int contentionMillis() {
    return quick ? 1_500 : 4_000;
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

  boolean isQuick() {
    return quick;
  }

  /** Of what is repeated in the benchmark of replication. */
  int rounds() {
    return smoke ? 1 : quick ? 2 : 3;
  }

  int replicationMillis() {
    return smoke ? 100 : quick ? 800 : 2_000;
  }
}
