package io.rwsplit.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Paths;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a JVM loads because of the classifier: no parser before a query, no logging ever. */
class ParserLoadingTest {
  /** Runs in a JVM of its own, whose loaded classes the test reads. */
  static final class Program {
    public static void main(String[] args) {
      SqlClassifier classifier = new SqlClassifier(Engine.SQLITE);
      classifier.classify("INSERT INTO t VALUES (1)");
      classifier.classify("SELECT 1");
      System.out.println("MARK before the first query");
      Classification c = classifier.classify("SELECT a FROM t WHERE b GLOB 'x'");
      for (int i = 0; i < 1000 && c.reason() == Reason.CLASSIFYING; i++) {
        c = classifier.classify("SELECT a FROM t WHERE b GLOB 'x'");
      }
      classifier.classify("SELECT FROM WHERE a");
      System.out.println("MARK " + c.kind() + " " + c.tables());
    }
  }

  @Test
  void loadsTheParserLateAndNoLogging() throws Exception {
    Process process =
        new ProcessBuilder(
                Paths.get(System.getProperty("java.home"), "bin", "java").toString(),
                "-verbose:class",
                "-cp",
                System.getProperty("java.class.path"),
                Program.class.getName())
            .redirectErrorStream(true)
            .start();
    boolean parser = false;
    boolean queried = false;
    String result = null;
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("MARK before")) {
          queried = true;
        } else if (line.startsWith("MARK")) {
          result = line;
        }
        assertFalse(line.contains("java.util.logging.LogManager "), line);
        boolean parserClass = line.contains("net.sf.jsqlparser.parser.CCJSqlParser ");
        assertTrue(queried || !parserClass, line);
        parser |= parserClass;
      }
    } finally {
      process.destroy();
    }
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertTrue(parser, "the parser was never loaded");
    assertEquals("MARK READ [t]", result);
  }
}
