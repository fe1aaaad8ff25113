package io.rwsplit.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The metrics, the alert rules and the dashboard fit each other; where {@code promtool} is
 * installed (Debian's package {@code prometheus}), it has its say, too.
 */
class OperationsFilesTest {
  private static final Path FILES = Path.of("..", "operations");
  private static final Pattern METRIC = Pattern.compile("\\brwsplit_[a-z_]+\\b");

  @TempDir Path directory;

  private static JsonNode rules() throws Exception {
    return new ObjectMapper(new YAMLFactory()).readTree(FILES.resolve("alert-rules.yml").toFile());
  }

  private static JsonNode dashboard() throws Exception {
    return new ObjectMapper().readTree(FILES.resolve("grafana-dashboard.json").toFile());
  }

  private static List<String> expressions() throws Exception {
    List<String> all = new ArrayList<>();
    for (JsonNode rule : rules().at("/groups/0/rules")) {
      assertTrue(
          rule.hasNonNull("alert") && rule.at("/labels/severity").isTextual(), rule::toString);
      assertTrue(rule.at("/annotations/summary").isTextual(), rule::toString);
      all.add(rule.get("expr").asText());
    }
    TreeSet<Integer> ids = new TreeSet<>();
    for (JsonNode panel : dashboard().get("panels")) {
      assertTrue(ids.add(panel.get("id").asInt()), panel::toString);
      assertTrue(panel.at("/gridPos/w").isInt() && panel.get("title").isTextual(), panel::toString);
      for (JsonNode target : panel.get("targets")) {
        all.add(target.get("expr").asText());
      }
    }
    return all;
  }

  @Test
  void rulesAndPanelsAskForFiguresThatThereAre() throws Exception {
    String metrics = metrics();
    TreeSet<String> asked = new TreeSet<>();
    for (String expression : expressions()) {
      Matcher name = METRIC.matcher(expression);
      while (name.find()) {
        asked.add(name.group().replaceAll("_bucket$", ""));
      }
    }
    assertTrue(asked.size() > 10, asked::toString);
    asked.removeIf(name -> metrics.contains("# TYPE " + name + " "));
    assertEquals(new TreeSet<String>(), asked);
    wellFormed(metrics);
    promtool(metrics);
  }

  private String metrics() throws Exception {
    try (ServedApp app = ServedApp.onSqlite(directory)) {
      app.await("/api/status", answer -> answer.body.contains("\"total\":2,\"inService\":2"));
      app.tell("write 3");
      app.tell("read 10");
      Asked metrics = app.expect(200, Asked.get(app.port(), "/metrics"));
      assertEquals("text/plain; version=0.0.4; charset=utf-8", metrics.headers.get("content-type"));
      app.end();
      return metrics.body;
    }
  }

  /** Each family is described once, and its samples follow; no sample is there twice. */
  private static void wellFormed(String metrics) {
    String family = "";
    boolean histogram = false;
    TreeSet<String> seen = new TreeSet<>();
    for (String line : metrics.split("\n", -1)) {
      if (line.startsWith("# TYPE ")) {
        String[] words = line.split(" ", -1);
        family = words[2];
        assertTrue(seen.add(family), line);
        histogram = words[3].equals("histogram");
        assertEquals(words[3].equals("counter"), family.endsWith("_total"), line);
      } else if (!line.isEmpty() && !line.startsWith("# HELP ")) {
        String name = line.substring(0, line.indexOf('{'));
        String part = name.substring(Math.min(family.length(), name.length()));
        assertTrue(name.startsWith(family), line);
        assertTrue(histogram ? part.matches("_(bucket|sum|count)") : part.isEmpty(), line);
        assertTrue(seen.add(line.substring(0, line.lastIndexOf('}'))), line);
        assertTrue(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)) >= 0, line);
      }
    }
    assertTrue(metrics.endsWith("\n"));
  }

  private void promtool(String metrics) throws Exception {
    if (run(null, "promtool", "--version") == null) {
      System.out.println(
          "*** promtool is NOT installed: rules and metrics were checked by their form only."
              + " Install Debian's package prometheus. ***");
      return;
    }
    assertEquals(
        0, run(null, "promtool", "check", "rules", FILES.resolve("alert-rules.yml").toString()));
    Path queries = directory.resolve("queries.yml");
    StringBuilder text = new StringBuilder("groups:\n- name: panels\n  rules:\n");
    for (String expression : expressions()) {
      String asked = expression.replace("$__rate_interval", "1m");
      text.append("  - record: a:b").append(text.length()).append("\n    expr: ");
      text.append(new ObjectMapper().writeValueAsString(asked)).append('\n');
    }
    Files.writeString(queries, text);
    assertEquals(0, run(null, "promtool", "check", "rules", queries.toString()));
    assertEquals(0, run(metrics, "promtool", "check", "metrics"));
  }

  /** Its exit code; null when there is no such program. */
  private Integer run(String input, String... command) throws Exception {
    File in = directory.resolve("input").toFile();
    Files.writeString(in.toPath(), input == null ? "" : input);
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(in).start();
    } catch (java.io.IOException e) {
      return null;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(120, TimeUnit.SECONDS), said);
    if (process.exitValue() != 0) {
      System.out.println(said);
    }
    return process.exitValue();
  }
}
