package io.rwsplit.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LogTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void capture() throws UnsupportedEncodingException {
    Log.setOutput(new PrintStream(written, true, "UTF-8"));
  }

  @AfterEach
  void release() {
    Log.setOutput(null);
    Log.setLevel(LogLevel.INFO);
  }

  @Test
  void slf4jFindsTheProvider() {
    assertTrue(LoggerFactory.getILoggerFactory() instanceof RwsplitServiceProvider);
    Logger logger = LoggerFactory.getLogger("io.rwsplit.x");
    assertSame(logger, LoggerFactory.getLogger("io.rwsplit.x"));
  }

  @Test
  void lineHasTimeLevelAndMessage() {
    LoggerFactory.getLogger("io.rwsplit.x").info("{} is {}", "replica1", "back");
    String line = written();
    assertTrue(
        line.matches(
            "\\[rwsplit\\] \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  replica1 is"
                + " back\\R"),
        line);
  }

  @Test
  void thirdPartyLinesSayWhereTheyAreFrom() {
    LoggerFactory.getLogger("com.zaxxer.hikari.pool.HikariPool").error("no");
    assertTrue(written().contains("Z ERROR HikariPool: no"), written());
  }

  @ParameterizedTest
  @CsvSource({
    "TRACE, T D I W E, T D I W E",
    "DEBUG, D I W E, D I W E",
    "INFO, I W E, W E",
    "WARN, W E, W E",
    "ERROR, E, E",
    "OFF, '', ''"
  })
  void levelsSelect(LogLevel level, String ours, String thirdParty) {
    Log.setLevel(level);
    assertEquals(ours, enabled(LoggerFactory.getLogger("io.rwsplit.pool.Replicas")));
    assertEquals(thirdParty, enabled(LoggerFactory.getLogger("com.zaxxer.hikari.HikariConfig")));
    assertEquals(
        thirdParty, enabled(LoggerFactory.getLogger("io.rwsplit.shaded.hikari.HikariConfig")));
    LoggerFactory.getLogger("io.rwsplit.y").info("text");
    assertEquals(ours.contains("I"), !written().isEmpty());
  }

  private static String enabled(Logger logger) {
    String levels =
        (logger.isTraceEnabled() ? "T " : "")
            + (logger.isDebugEnabled() ? "D " : "")
            + (logger.isInfoEnabled() ? "I " : "")
            + (logger.isWarnEnabled() ? "W " : "")
            + (logger.isErrorEnabled() ? "E " : "");
    return levels.trim();
  }

  @Test
  void throwableIsShort() {
    Exception cause = new IllegalStateException("inner");
    Exception problem = new RuntimeException("outer", cause);
    LoggerFactory.getLogger("io.rwsplit.x").warn("it failed", problem);
    String text = written();
    assertTrue(text.contains("WARN  it failed"), text);
    assertTrue(text.contains("    java.lang.RuntimeException: outer"), text);
    assertTrue(text.contains("    caused by java.lang.IllegalStateException: inner"), text);
    assertTrue(text.contains("      at io.rwsplit.log.LogTest.throwableIsShort"), text);
    assertTrue(text.split("\\R", -1).length < 25, text);
  }

  @Test
  void nothingIsThrown() {
    Logger logger = LoggerFactory.getLogger("io.rwsplit.x");
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new StackOverflowError();
          }
        };
    Exception selfMade =
        new Exception() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException();
          }

          @Override
          public synchronized Throwable getCause() {
            return this;
          }
        };
    logger.warn("{}", hostile);
    logger.warn("text", selfMade);
    logger.warn(null);
    logger.warn("{} {}", (Object[]) null);
    Log.setOutput(
        new PrintStream(written) {
          @Override
          public void print(String text) {
            throw new OutOfMemoryError("as a test");
          }
        });
    logger.error("text");
  }

  @Test
  void replacedStandardErrorIsNotUsed() {
    PrintStream original = System.err;
    ByteArrayOutputStream replaced = new ByteArrayOutputStream();
    try {
      System.setErr(new PrintStream(replaced));
      LoggerFactory.getLogger("io.rwsplit.x").info("text");
    } finally {
      System.setErr(original);
    }
    assertEquals(0, replaced.size());
    assertFalse(written().isEmpty());
  }

  @Test
  void timesAreThoseOfTheCalendar() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    DateTimeFormatter expected =
        DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    for (int i = 0; i < 20_000; i++) {
      long millis = (long) (random.nextDouble() * 253_402_300_799_999L);
      StringBuilder text = new StringBuilder();
      LogLine.appendTime(text, millis);
      assertEquals(expected.format(Instant.ofEpochMilli(millis)), text.toString(), "seed " + seed);
    }
  }

  @Test
  void repeatedFaultsAreLoggedAtPowersOfTen() {
    OncePer once = new OncePer(LoggerFactory.getLogger("io.rwsplit.x"));
    for (int i = 0; i < 250; i++) {
      once.warn("a", "it failed", null);
    }
    once.warn("b", "other", null);
    assertEquals(250, once.count("a"));
    assertEquals(0, once.count("c"));
    assertEquals(251, once.total());
    String[] lines = written().trim().split("\\R", -1);
    assertEquals(4, lines.length, written());
    assertTrue(lines[0].endsWith("it failed"));
    assertTrue(lines[1].endsWith("it failed (10 times so far)"));
    assertTrue(lines[2].endsWith("it failed (100 times so far)"));
  }

  @Test
  void keysAreBounded() {
    Log.setLevel(LogLevel.OFF);
    OncePer once = new OncePer(LoggerFactory.getLogger("io.rwsplit.x"));
    for (int i = 0; i < 10_000; i++) {
      once.warn("key " + i, "text", null);
    }
    assertEquals(10_000, once.total());
    assertEquals(1, once.count("key 0"));
    assertEquals(0, once.count("key 9999"));
  }

  private String written() {
    return new String(written.toByteArray(), UTF_8);
  }

  @Test
  void whatIsConcealedIsInNoLine() {
    Log.conceal("hunter2-hunter");
    Log.conceal("hunter2-hunter-and-more");
    Log.conceal("app");
    Log.conceal(null);
    assertEquals(
        "a *** b *** app", Log.concealed("a hunter2-hunter-and-more b hunter2-hunter app"));
    assertEquals(null, Log.concealed(null));
    for (int i = 0; i < 1000; i++) {
      Log.conceal("made-as-they-go-" + i);
    }
    assertEquals("***", Log.concealed("hunter2-hunter"));
  }
}
