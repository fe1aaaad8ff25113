package com.acme.orderdesk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The command line, checked. Immutable. */
final class Options {

  /** Where connections come from. */
  enum Pool {
    /** {@code DriverManager}, as the desk has always done. */
    NONE,
    /** HikariCP. */
    HIKARI
  }

  static final String URL_PREFIX = "jdbc:sqlite:";

  private static final String DEFAULT_URL = URL_PREFIX + "demo-data/orders.db";
  private static final List<String> FLAGS = Arrays.asList("keep", "fresh", "script", "help");
  private static final List<String> VALUES =
      Arrays.asList(
          "url", "pool", "seconds", "clerks", "browsers", "seed", "pause", "timeout", "journal");
  private static final List<String> POOLS = Arrays.asList("none", "hikari");
  private static final List<String> JOURNALS =
      Arrays.asList("delete", "truncate", "persist", "wal");

  private final Map<String, String> given;
  private final List<String> faults = new ArrayList<>();

  private final String url;
  private final Pool pool;
  private final int seconds;
  private final int clerks;
  private final int browsers;
  private final int pauseMillis;
  private final int timeoutMillis;
  private final long seed;
  private final String journal;

  private Options(String[] args) throws BadArgumentsException {
    given = split(args);
    url = checkedUrl();
    pool = Pool.valueOf(oneOf("pool", POOLS, "none").toUpperCase(Locale.ROOT));
    seconds = number("seconds", 1, 86_400, 10);
    clerks = number("clerks", 0, 256, 4);
    browsers = number("browsers", 0, 256, 8);
    pauseMillis = number("pause", 0, 60_000, 2);
    timeoutMillis = number("timeout", 1, 600_000, 10_000);
    seed = (long) number("seed", 0, Integer.MAX_VALUE, 42);
    journal = oneOf("journal", JOURNALS, "");
    if (flag("keep") && flag("fresh")) {
      faults.add("--keep and --fresh exclude each other: give one of them");
    }
    if (flag("keep") && flag("script")) {
      faults.add("--keep and --script exclude each other: the script starts with fresh tables");
    }
    if (!faults.isEmpty()) {
      throw new BadArgumentsException(faults);
    }
  }

  /**
   * Reads the command line.
   *
   * @throws BadArgumentsException with every fault, not only the first
   */
  static Options parse(String... args) throws BadArgumentsException {
    return new Options(args);
  }

  static String usage() {
    return String.join(
        System.lineSeparator(),
        "Order desk: clerks place orders, browsers look things up, every figure is checked.",
        "",
        "  --url=jdbc:sqlite:FILE  database (default " + DEFAULT_URL + ")",
        "  --pool=none|hikari      DriverManager or HikariCP (default none)",
        "  --seconds=N             opening hours, 1 to 86400 (default 10)",
        "  --clerks=N              writing threads, 0 to 256 (default 4)",
        "  --browsers=N            reading threads, 0 to 256 (default 8)",
        "  --pause=MILLIS          a clerk's pause between two jobs, 0 to 60000 (default 2)",
        "  --timeout=MILLIS        how long to wait for a lock, 1 to 600000 (default 10000)",
        "  --seed=N                seed of what clerks and browsers do (default 42)",
        "  --journal=MODE          delete, truncate, persist or wal (default: as the file is)",
        "  --fresh | --keep        drop the desk's tables first (default), or go on with them",
        "  --script                run a fixed sequence in one thread and print every result",
        "  --help                  this text",
        "",
        "Exit code: 0 consistent, 1 inconsistent or failed, 2 bad arguments.",
        "");
  }

  private Map<String, String> split(String[] args) {
    Map<String, String> found = new LinkedHashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      String key = name.startsWith("--") ? name.substring(2) : "";
      if (!FLAGS.contains(key) && !VALUES.contains(key)) {
        faults.add(name + ": unknown argument; allowed are " + allowed());
      } else if (FLAGS.contains(key) && equals >= 0) {
        faults.add(name + ": takes no value, but got '" + arg.substring(equals + 1) + "'");
      } else if (VALUES.contains(key) && equals < 0) {
        faults.add(name + ": needs a value, as in " + name + "=VALUE");
      } else if (found.containsKey(key)) {
        faults.add(name + ": given twice");
      } else {
        found.put(key, equals < 0 ? "" : arg.substring(equals + 1));
      }
    }
    return found;
  }

  private static String allowed() {
    StringBuilder text = new StringBuilder();
    for (String value : VALUES) {
      text.append("--").append(value).append("=, ");
    }
    for (String flag : FLAGS) {
      text.append("--").append(flag).append(", ");
    }
    return text.substring(0, text.length() - 2);
  }

  private String checkedUrl() {
    String value = given.getOrDefault("url", DEFAULT_URL);
    String file = value.startsWith(URL_PREFIX) ? value.substring(URL_PREFIX.length()) : "";
    if (file.isEmpty() || file.startsWith("?")) {
      faults.add("--url: '" + value + "' is not allowed; allowed is jdbc:sqlite:FILE");
    } else if (file.contains(":memory:") || file.contains("mode=memory")) {
      faults.add(
          "--url: '"
              + value
              + "' is not allowed: every connection would get a database of its own;"
              + " allowed is jdbc:sqlite:FILE");
    }
    return value;
  }

  private int number(String name, int min, int max, int defaultValue) {
    String value = given.get(name);
    if (value == null) {
      return defaultValue;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, like a number out of range
    }
    faults.add(
        "--"
            + name
            + ": '"
            + value
            + "' is not allowed; allowed is a number "
            + min
            + " to "
            + max);
    return defaultValue;
  }

  private String oneOf(String name, List<String> allowed, String defaultValue) {
    String value = given.get(name);
    if (value == null || allowed.contains(value)) {
      return value == null ? defaultValue : value;
    }
    faults.add(
        "--" + name + ": '" + value + "' is not allowed; allowed is " + String.join(", ", allowed));
    return defaultValue;
  }

  private boolean flag(String name) {
    return given.containsKey(name);
  }

  String url() {
    return url;
  }

  Pool pool() {
    return pool;
  }

  int seconds() {
    return seconds;
  }

  int clerks() {
    return clerks;
  }

  int browsers() {
    return browsers;
  }

  /** A clerk's pause between two jobs, in milliseconds. */
  int pauseMillis() {
    return pauseMillis;
  }

  /** How long a statement waits for a lock, in milliseconds. */
  int timeoutMillis() {
    return timeoutMillis;
  }

  long seed() {
    return seed;
  }

  /** The journal mode to set, or an empty text: leave it as the file is. */
  String journal() {
    return journal;
  }

  /** Go on with the tables of an earlier run. */
  boolean keep() {
    return flag("keep");
  }

  boolean script() {
    return flag("script");
  }

  boolean help() {
    return flag("help");
  }
}
