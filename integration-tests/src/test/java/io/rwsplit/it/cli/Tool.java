package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.Nobody;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands of the jar as users do, and holds what they print against files, without what
 * differs from run to run. {@code -Drwsplit.it.golden.update=true} writes those anew.
 */
public final class Tool {
  private static final long SECONDS = 300;
  private static final int USUAL = 400;

  private final Path directory;
  private final List<String> settings = new ArrayList<>();
  private final Map<String, String> named = new LinkedHashMap<>();
  private int width = USUAL;
  private File jar = ForkedJvm.AGENT_JAR;

  /** Null for the user who runs the tests. */
  private Path nobody;

  /**
   * @param directory where commands run; shown as DIRECTORY
   */
  public Tool(Path directory) {
    this.directory = directory;
    name(directory.toString(), "DIRECTORY");
    name(drivers(), "DRIVERS");
  }

  /** The jars of all drivers on the tests' class path. */
  static String drivers() {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      String name = entry.substring(entry.lastIndexOf('/') + 1);
      if (name.startsWith("sqlite-jdbc")
          || name.startsWith("postgresql-")
          || name.startsWith("mariadb-java-client")
          || name.startsWith("mysql-connector-j")) {
        jars.add(entry);
      }
    }
    return String.join(":", jars);
  }

  /** Every command gets this setting. */
  Tool with(String property, Object value) {
    settings.add("-D" + property + "=" + value);
    return this;
  }

  /** On a terminal of this width. */
  Tool width(int columns) {
    width = columns;
    return this;
  }

  /** What differs from run to run, and the name that stands for it in the files. */
  Tool name(String actual, String shown) {
    named.put(actual, shown);
    return this;
  }

  /** As a user whom the permissions of files bind; in a copy of what it needs below home. */
  Tool asNobody(Path home) throws IOException {
    Files.createDirectories(home);
    jar = Files.copy(ForkedJvm.AGENT_JAR.toPath(), home.resolve("rwsplit.jar")).toFile();
    nobody = home;
    return this;
  }

  /** What a command has done. */
  public static final class Ran {
    final List<String> words;
    final int code;
    public final String out;
    final String err;

    Ran(List<String> words, int code, List<String> out, List<String> err) {
      this.words = words;
      this.code = code;
      this.out = String.join("\n", out);
      this.err = String.join("\n", err);
    }

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }

    /** Fails with all that was printed when the exit code is another. */
    public Ran expect(int expected) {
      assertEquals(expected, code, this::toString);
      return this;
    }

    @Override
    public String toString() {
      return words + " ended with " + code + "\n" + out + "\n--- err\n" + err;
    }
  }

  public Ran run(String... words) throws IOException, InterruptedException {
    ForkedJvm.Builder builder = new ForkedJvm.Builder().directory(directory.toFile());
    if (width != USUAL || (words.length > 0 && !words[0].equals("help"))) {
      // Where lines are broken must not hang on the length of a path.
      builder.environment("COLUMNS", String.valueOf(width));
    }
    if (nobody != null) {
      Nobody.bind(builder, nobody);
    }
    List<Object> all = new ArrayList<>(Arrays.asList((Object[]) words));
    all.addAll(Math.min(1, all.size()), settings);
    try (ForkedJvm jvm = builder.jar(jar, all.toArray()).start()) {
      int code = jvm.exitCode(SECONDS);
      return new Ran(Arrays.asList(words), code, jvm.out(), jvm.err());
    }
  }

  /** Runs a command until it prints what the file of this name says; fails at a deadline. */
  Ran golden(String name, String... words) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      Ran ran = run(words);
      String actual = lasting(ran);
      String expected = expected(name);
      if (actual.equals(expected)) {
        return ran;
      }
      if (Boolean.getBoolean("rwsplit.it.golden.update")) {
        Path file = Path.of("src/test/resources/io/rwsplit/it/cli/golden", name + ".txt");
        Files.createDirectories(file.getParent());
        Files.writeString(file, actual);
        return ran;
      }
      if (System.nanoTime() - deadline > 0 || words.length == 0 || words[0].equals("help")) {
        assertEquals(expected, actual, ran::toString);
      }
    }
  }

  private static String expected(String name) throws IOException {
    try (InputStream in = Tool.class.getResourceAsStream("golden/" + name + ".txt")) {
      return in == null ? "(missing)" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String lasting(Ran ran) {
    String err = ran.err.isEmpty() ? "" : "--- standard error\n" + ran.err + "\n";
    return lasting(
        "$ java -jar rwsplit.jar "
            + String.join(" ", ran.words)
            + "\n"
            + (ran.out.isEmpty() ? "" : ran.out + "\n")
            + err
            + "--- exit code "
            + ran.code
            + "\n");
  }

  /** The text with the names for what differs from run to run. */
  String named(String text) {
    String shown = text;
    for (Map.Entry<String, String> each : named.entrySet()) {
      shown = shown.replace(each.getKey(), each.getValue());
    }
    return shown;
  }

  /** The text without what differs from run to run. */
  String lasting(String text) {
    return named(text)
        .replaceAll("rwsplit \\d[0-9A-Za-z.-]*", "rwsplit VERSION")
        .replaceAll(", up [^\n]*", ", up TIME")
        .replaceAll("conn=\\d+", "conn=#")
        .replaceAll("\\d[\\d,.]* (ms|[KMG]iB|%)", "# $1")
        .replaceAll("(?m)(?<=^|[ (])[\\d,]+(?= (statements|on ))", "#")
        .replaceAll("(?<=  )\\d[\\d,]*(?=  )", "#")
        .replaceAll("(version|PostgreSQL|JDBC|Driver) \\d[^\\s,;]*", "$1 #")
        .replaceAll("(?<=\\S) {2,}", "  ")
        .replaceAll("(?m)^ {3,}", "  ");
  }
}
