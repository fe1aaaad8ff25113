package io.rwsplit.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said of configurations as people get them wrong, against {@code nasty-inputs.txt}: by
 * blank lines, {@code p} system properties, {@code e} variables, {@code f} lines of a file ({@code
 * yaml} for one of YAML), and then what the report says, {@code DIR} for the file's directory.
 * {@code -Dnasty.update=true} writes it anew.
 */
class NastyInputsTest {
  private static final Path SOURCE =
      Paths.get("src/test/resources/io/rwsplit/config/nasty-inputs.txt");

  @TempDir Path directory;

  private static String table() throws IOException {
    try (InputStream in = NastyInputsTest.class.getResourceAsStream("nasty-inputs.txt")) {
      java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
      for (int c = in.read(); c >= 0; c = in.read()) {
        all.write(c);
      }
      return new String(all.toByteArray(), UTF_8);
    }
  }

  private static void put(Map<String, String> into, String line) {
    int equals = line.indexOf('=');
    into.put(line.substring(2, equals), line.substring(equals + 1));
  }

  private ConfigResult read(List<String> lines) throws IOException {
    Map<String, String> properties = new TreeMap<>();
    Map<String, String> environment = new TreeMap<>();
    List<String> file = new ArrayList<>();
    String name = "app.properties";
    for (String line : lines) {
      if (line.startsWith("p ")) {
        put(properties, line);
      } else if (line.startsWith("e ")) {
        put(environment, line);
      } else if (line.startsWith("f ")) {
        file.add(line.substring(2));
      } else {
        assertEquals("yaml", line);
        name = "app.yaml";
      }
    }
    String path = null;
    if (!file.isEmpty()) {
      path = Files.write(directory.resolve(name), file, UTF_8).toString();
    }
    return new ConfigInputs(properties, environment, path).read();
  }

  private List<String> said(ConfigResult result) {
    List<String> said = new ArrayList<>();
    said.add("> " + result.state());
    for (Fault fault : result.faults()) {
      said.add("> " + fault);
    }
    for (Fault warning : result.warnings()) {
      said.add("> Warning: " + warning);
    }
    for (int i = 0; i < said.size(); i++) {
      said.set(i, said.get(i).replace(directory.toString(), "DIR"));
    }
    return said;
  }

  /** Whoever reads one line knows where to go and what to write there. */
  private static void isComplete(Fault fault) {
    String line = fault.toString();
    assertTrue(line.contains("rwsplit.") || line.contains(" line "), line);
    assertTrue(
        fault.allowed() != null
            || line.contains(" line ")
            || fault.problem().contains("does not exist"),
        line);
    assertFalse(line.contains("geheim"), line);
  }

  @Test
  void everyFaultIsNamed() throws IOException {
    StringBuilder actual = new StringBuilder();
    String expected = table();
    for (String block : expected.split("\n\n", -1)) {
      List<String> given = new ArrayList<>();
      for (String line : block.split("\n", -1)) {
        if (!line.startsWith("> ") && !line.isEmpty()) {
          given.add(line);
        }
      }
      ConfigResult result = read(given);
      for (Fault fault : result.faults()) {
        isComplete(fault);
      }
      for (Fault warning : result.warnings()) {
        assertFalse(warning.toString().contains("geheim"), warning::toString);
      }
      actual.append(actual.length() == 0 ? "" : "\n");
      for (String line : given) {
        actual.append(line).append('\n');
      }
      for (String line : said(result)) {
        actual.append(line).append('\n');
      }
    }
    if (Boolean.getBoolean("nasty.update")) {
      Files.write(SOURCE, actual.toString().getBytes(UTF_8));
    }
    assertEquals(expected, actual.toString());
  }
}
