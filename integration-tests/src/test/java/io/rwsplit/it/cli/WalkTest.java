package io.rwsplit.it.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.PostgresCluster;
import io.rwsplit.it.servers.ServerCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import legacy.http.Steered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The walk of the README: runs the commands that stand there, in their order, and compares what
 * they print with what stands below them, figures left out, and of a failover only whether it was
 * done. {@code -Dreadme.update=true} writes what they print into the README.
 */
class WalkTest {
  private static final Path README = Path.of("../README.md");
  private static final String BEGIN = "### From verify to pass-through\n";
  private static final String TOOL = "$ java -jar rwsplit.jar ";
  private static final String APPLICATION = "$ java -javaagent:rwsplit.jar=rwsplit.properties";

  @TempDir Path directory;
  private PostgresCluster cluster;
  private Tool tool;
  private ForkedJvm app;

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void prepare(String properties) throws Exception {
    int http = freePort();
    tool = new Tool(directory);
    String text = properties.replace("9393", String.valueOf(http));
    for (int node = 0; node <= cluster.replicas(); node++) {
      String server = "db" + (node + 1) + ":5432/shop";
      text = text.replace("jdbc:postgresql://" + server, cluster.url(node));
      tool.name(cluster.url(node), "jdbc:postgresql://" + server);
      tool.name(String.valueOf(cluster.port(node)), "5432");
    }
    tool.name(String.valueOf(http), "9393");
    Files.writeString(directory.resolve("rwsplit.properties"), text);
    Files.writeString(directory.resolve("failover-password"), "postgres");
    Files.writeString(directory.resolve("password"), ServerCluster.APP);
    Path token = Files.writeString(directory.resolve("token"), SteeredApp.TOKEN);
    assertTrue(token.toFile().setReadable(false, false) && token.toFile().setReadable(true, true));
    Path lib = Files.createDirectory(directory.resolve("lib"));
    for (String jar : Tool.drivers().split(":", -1)) {
      Files.copy(Path.of(jar), lib.resolve(Path.of(jar).getFileName()));
    }
  }

  @Test
  void everyCommandPrintsWhatTheReadmeSays() throws Exception {
    String readme = Files.readString(README);
    int begin = readme.indexOf(BEGIN);
    int end = readme.indexOf("\n## ", begin);
    assertTrue(begin > 0 && end > begin, "the README has the walk");
    List<String> lines =
        new ArrayList<>(Arrays.asList(readme.substring(begin, end).split("\n", -1)));
    cluster = PostgresCluster.start(2);
    try {
      // It would write transactions of its own.
      cluster.execute(
          ServerCluster.MASTER,
          "ALTER SYSTEM SET autovacuum = off",
          "SELECT pg_reload_conf()",
          "GRANT pg_read_all_stats TO app");
      cluster.make("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
      int first = lines.indexOf("```");
      int last = lines.subList(first + 1, lines.size()).indexOf("```") + first + 1;
      prepare(String.join("\n", lines.subList(first + 1, last)));
      List<String> written = walk(lines);
      if (Boolean.getBoolean("readme.update")) {
        Files.writeString(
            README,
            readme.substring(0, begin) + String.join("\n", written) + readme.substring(end));
      }
    } finally {
      if (app != null) {
        app.close();
      }
      cluster.close();
    }
  }

  /** Runs all; the lines as they should be. */
  private List<String> walk(List<String> lines) throws Exception {
    List<String> written = new ArrayList<>();
    boolean console = false;
    int at = 0;
    while (at < lines.size()) {
      String line = lines.get(at++);
      written.add(line);
      console = line.equals("```console") || (console && !line.equals("```"));
      if (console && (line.startsWith("$ ") || line.startsWith("# "))) {
        int from = at;
        while (!isEnd(lines.get(at))) {
          at++;
        }
        written.addAll(step(line, lines.subList(from, at)));
      }
    }
    return written;
  }

  private static boolean isEnd(String line) {
    return line.equals("```") || line.startsWith("$ ") || line.startsWith("# ");
  }

  private List<String> step(String line, List<String> expected) throws Exception {
    if (line.startsWith(APPLICATION)) {
      startApplication(line);
    } else if (line.startsWith(TOOL)) {
      return runs(line.substring(TOOL.length()), expected);
    } else {
      int node = line.charAt(line.indexOf("db") + 2) - '1';
      if (line.startsWith("# kill -9")) {
        cluster.kill(node);
      } else {
        assertTrue(line.endsWith("is started again"), line);
        cluster.restart(node);
      }
    }
    assertEquals(List.of(), expected, line);
    return expected;
  }

  private void startApplication(String line) throws Exception {
    if (app != null) {
      app.tell("end");
      assertEquals(0, app.exitCode(120), app::transcript);
    }
    ForkedJvm.Builder builder =
        new ForkedJvm.Builder()
            .directory(directory.toFile())
            .option("-javaagent:" + ForkedJvm.AGENT_JAR + "=rwsplit.properties");
    for (String word : line.split(" ", -1)) {
      if (word.startsWith("-D")) {
        builder.option(word);
      }
    }
    app = builder.main(Steered.class, cluster.url(), ServerCluster.APP, ServerCluster.APP).start();
    app.awaitOut("READY"::equals, 120);
    String unused = app.awaitErr(each -> each.contains("HTTP: http"), 120);
    app.tell("write 10");
    app.tell("read 300");
    unused = app.awaitOut("DONE read"::equals, 120);
  }

  private List<String> runs(String command, List<String> expected) throws Exception {
    int pipe = command.indexOf(" | head -");
    int most = pipe < 0 ? Integer.MAX_VALUE : Integer.parseInt(command.substring(pipe + 9));
    String[] words = (pipe < 0 ? command : command.substring(0, pipe)).split(" ", -1);
    boolean update = Boolean.getBoolean("readme.update");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(update ? 8 : 120);
    while (true) {
      Tool.Ran ran = tool.run(words);
      List<String> printed = Arrays.asList(tool.named(ran.out).split("\n", -1));
      printed = printed.subList(0, Math.min(most, printed.size()));
      if (same(expected, printed)) {
        return expected;
      }
      boolean once = words[0].equals("failover");
      if (once && !update && expected.get(0).equals(printed.get(0))) {
        return expected;
      }
      if (once || System.nanoTime() - deadline > 0) {
        if (update) {
          return printed;
        }
        assertEquals(lasting(expected), lasting(printed), () -> ran + "\n" + app.transcript());
      }
    }
  }

  private static boolean same(List<String> expected, List<String> printed) {
    return lasting(expected).equals(lasting(printed));
  }

  /** Without figures, and without what a driver has said of a server that is gone. */
  private static String lasting(List<String> lines) {
    return String.join("\n", lines)
        .replaceAll("[0-9A-F]+/[0-9A-F]{3,}", "LSN")
        .replaceAll("rwsplit \\d[^,\n]*, up [^\n]*", "rwsplit")
        .replaceAll("(?<![A-Za-z])\\d[\\d,.]*( min| h| ms| s|)(?: \\d+ (s|min))?", "#")
        .replaceAll("[KMG]iB", "")
        .replaceAll("(?m)(  NO  .*#/#)  .*$", "$1")
        .replaceAll(" {2,}", "  ");
  }
}
