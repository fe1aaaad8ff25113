package com.acme.orderdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderDeskTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--url=" + url());
    out.reset();
    err.reset();
    return OrderDesk.run(
        all.toArray(new String[0]),
        new PrintStream(out, true, "UTF-8"),
        new PrintStream(err, true, "UTF-8"));
  }

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("data").resolve("orders.db");
  }

  private static String text(ByteArrayOutputStream stream) {
    return new String(stream.toByteArray(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"none, ''", "hikari, ''", "none, --journal=wal"})
  void isConsistent(String pool, String journal) throws Exception {
    List<String> arguments = new ArrayList<>();
    arguments.add("--pool=" + pool);
    arguments.add("--seconds=2");
    arguments.add("--clerks=3");
    arguments.add("--browsers=3");
    if (!journal.isEmpty()) {
      arguments.add(journal);
    }
    int exitCode = run(arguments.toArray(new String[0]));
    assertTrue(text(out).contains("VERDICT: consistent"), text(out));
    assertEquals(OrderDesk.CONSISTENT, exitCode, text(err));
    assertEquals("", text(err));
  }

  @Test
  void goesOnWithAnEarlierDay() throws Exception {
    assertEquals(OrderDesk.CONSISTENT, run("--seconds=1", "--clerks=2", "--browsers=1"));
    assertEquals(OrderDesk.CONSISTENT, run("--seconds=1", "--clerks=2", "--browsers=1", "--keep"));
    assertTrue(text(out).contains("VERDICT: consistent"), text(out));
  }

  @Test
  void findsBooksThatDoNotBalance() throws Exception {
    assertEquals(OrderDesk.CONSISTENT, run("--seconds=1", "--clerks=1", "--browsers=0"));
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE product SET stock = stock + 1 WHERE id = 3");
      statement.executeUpdate("DELETE FROM ledger WHERE id = 10");
    }
    int exitCode = run("--seconds=1", "--clerks=1", "--browsers=2", "--keep");
    assertEquals(OrderDesk.INCONSISTENT, exitCode, text(out));
    assertTrue(text(out).contains("VERDICT: INCONSISTENT"), text(out));
    assertTrue(text(out).contains("sum of the ledger: expected 0, read"), text(out));
  }

  @Test
  void scriptPrintsTheSameEveryTime() throws Exception {
    assertEquals(OrderDesk.CONSISTENT, run("--script"), text(err));
    String first = text(out);
    assertEquals(OrderDesk.CONSISTENT, run("--script", "--pool=hikari"), text(err));
    assertEquals(first, text(out));
    assertTrue(first.endsWith("== end" + System.lineSeparator()));
  }

  @Test
  void badArgumentsAreNamed() throws Exception {
    assertEquals(OrderDesk.BAD_ARGUMENTS, run("--seconds=0", "--what"));
    assertTrue(text(err).contains("--seconds: '0' is not allowed"), text(err));
    assertTrue(text(err).contains("--what: unknown argument"), text(err));
    assertEquals("", text(out));
  }

  @Test
  void helpListsTheArguments() throws Exception {
    assertEquals(OrderDesk.CONSISTENT, run("--help"));
    assertTrue(text(out).contains("--browsers=N"), text(out));
  }
}
