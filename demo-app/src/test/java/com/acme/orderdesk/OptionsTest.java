package com.acme.orderdesk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void defaults() throws Exception {
    Options options = Options.parse();
    assertEquals("jdbc:sqlite:demo-data/orders.db", options.url());
    assertEquals(Options.Pool.NONE, options.pool());
    assertEquals(10, options.seconds());
    assertEquals(4, options.clerks());
    assertEquals(8, options.browsers());
    assertEquals("", options.journal());
    assertFalse(options.keep());
    assertFalse(options.script());
  }

  @Test
  void everythingGiven() throws Exception {
    Options options =
        Options.parse(
            "--url=jdbc:sqlite:/tmp/a=b.db?cache=shared",
            "--pool=hikari",
            "--seconds=3",
            "--clerks=0",
            "--browsers=256",
            "--seed=7",
            "--pause=0",
            "--timeout=500",
            "--journal=wal",
            "--keep");
    assertEquals("jdbc:sqlite:/tmp/a=b.db?cache=shared", options.url());
    assertEquals(Options.Pool.HIKARI, options.pool());
    assertEquals(3, options.seconds());
    assertEquals(0, options.clerks());
    assertEquals(256, options.browsers());
    assertEquals(7, options.seed());
    assertEquals(0, options.pauseMillis());
    assertEquals(500, options.timeoutMillis());
    assertEquals("wal", options.journal());
    assertTrue(options.keep());
  }

  @ParameterizedTest
  @CsvSource({
    "--seconds=0, --seconds, 1 to 86400",
    "--seconds=ten, --seconds, 1 to 86400",
    "--seconds=99999999999, --seconds, 1 to 86400",
    "--seconds=, --seconds, 1 to 86400",
    "--seconds, --seconds, needs a value",
    "--clerks=-1, --clerks, 0 to 256",
    "--browsers=257, --browsers, 0 to 256",
    "--pause=60001, --pause, 0 to 60000",
    "--timeout=0, --timeout, 1 to 600000",
    "--seed=x, --seed, is not allowed",
    "--pool=c3p0, --pool, 'none, hikari'",
    "--journal=memory, --journal, 'delete, truncate, persist, wal'",
    "--url=jdbc:other:x, --url, jdbc:sqlite:FILE",
    "--url=jdbc:sqlite:, --url, jdbc:sqlite:FILE",
    "--url=jdbc:sqlite::memory:, --url, jdbc:sqlite:FILE",
    "--keep=yes, --keep, takes no value",
    "--sekonds=3, --sekonds, --seconds=",
    "seconds=3, seconds, --seconds=",
  })
  void namesTheArgumentAndWhatIsAllowed(String argument, String name, String allowed) {
    BadArgumentsException e =
        assertThrows(BadArgumentsException.class, () -> Options.parse(argument));
    assertEquals(1, e.faults().size(), e.getMessage());
    String fault = e.faults().get(0);
    assertTrue(fault.startsWith(name + ":"), fault);
    assertTrue(fault.contains(allowed), fault);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--keep --fresh", "--keep --script", "--keep --keep", "--seed=1 --seed=2"})
  void refusesContradictions(String arguments) {
    assertThrows(BadArgumentsException.class, () -> Options.parse(arguments.split(" ")));
  }

  @Test
  void reportsEveryFault() {
    BadArgumentsException e =
        assertThrows(
            BadArgumentsException.class,
            () -> Options.parse("--seconds=0", "--pool=x", "--what", "--clerks=many"));
    List<String> faults = e.faults();
    assertEquals(4, faults.size(), e.getMessage());
  }
}
