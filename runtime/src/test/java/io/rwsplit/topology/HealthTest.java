package io.rwsplit.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class HealthTest {
  private static final long MILLI = 1_000_000L;
  private static final HealthRules RULES =
      new HealthRules(2, 500 * MILLI, 1000 * MILLI, 100 * MILLI, 40 * MILLI);

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "health.psv", delimiter = '|')
  void verdictsFollow(String title, String steps) {
    Health health = new Health(RULES, null);
    for (String step : steps.split(";", -1)) {
      String[] words = step.trim().split(" ", 2);
      int equals = words[1].indexOf('=');
      long now = Long.parseLong(words[0]) * MILLI;
      apply(health, words[1].substring(0, equals), now);
      String expected = words[1].substring(equals + 1);
      String problem = health.problem(now);
      String found = problem == null ? "in" : problem;
      assertTrue(found.startsWith(expected), title + " at " + step.trim() + ": " + found);
      assertEquals(problem == null, health.cause(now) == Health.Cause.NONE);
    }
  }

  private static void apply(Health health, String event, long now) {
    int colon = event.indexOf(':');
    String value = colon < 0 || colon == event.length() - 1 ? null : event.substring(colon + 1);
    switch (colon < 0 ? event : event.substring(0, colon)) {
      case "begin":
        health.probeBegan(now);
        break;
      case "pass":
        health.probePassed(now);
        break;
      case "fail":
        health.probeFailed("broken", now);
        break;
      case "silent":
        health.silent("does not answer");
        break;
      case "reads":
        health.readsFail("reads fail", now);
        break;
      case "replication":
        health.replication(value, null);
        break;
      case "remark":
        health.replication(null, value);
        break;
      case "feed":
        health.feed(value);
        break;
      case "position":
        health.position(value);
        break;
      case "lag":
        long nanos = "?".equals(value) ? 0 : Long.parseLong(value) * MILLI;
        health.lag("?".equals(value) ? Lag.unknown() : Lag.behind(1, nanos));
        break;
      case "tick":
        break;
      default:
        throw new IllegalArgumentException(event);
    }
  }

  /**
   * Whatever happens: out by probes for at least the observation, in between two departures by lag
   * the lag has been low and high, and only probes that pass bring back what probes took out.
   */
  @Test
  void nothingMakesItFlap() {
    for (int run = 0; run < 2_000; run++) {
      long seed = run * 7_919L;
      Random random = new Random(seed);
      Health health = new Health(RULES, null);
      long now = 0;
      boolean probing = false;
      Health.Cause before = health.cause(now);
      long outSince = -1;
      long lag = 0;
      for (int step = 0; step < 300; step++) {
        now += random.nextInt(400) * MILLI;
        boolean passed = false;
        if (random.nextInt(3) == 0) {
          lag = random.nextInt(200) * MILLI;
          health.lag(Lag.behind(1, lag));
        } else if (random.nextInt(12) == 0) {
          health.silent("silent");
        } else if (random.nextInt(12) == 0) {
          health.readsFail("reads fail", now);
        } else if (!probing) {
          health.probeBegan(now);
          probing = true;
        } else if (random.nextInt(8) != 0) {
          probing = false;
          passed = random.nextInt(4) != 0;
          if (passed) {
            health.probePassed(now);
          } else {
            health.probeFailed("broken", now);
          }
        }
        Health.Cause cause = health.cause(now);
        String at = "seed " + seed + ", step " + step + ": " + before + " -> " + cause;
        boolean wasOut = before == Health.Cause.PROBE;
        if (!wasOut && cause == Health.Cause.PROBE) {
          outSince = now;
        }
        if (wasOut && cause != Health.Cause.PROBE) {
          assertTrue(passed, at);
          assertTrue(outSince < 0 || now - outSince >= 1000 * MILLI, at);
        }
        if (before == Health.Cause.LAG && cause == Health.Cause.NONE) {
          assertTrue(lag <= 40 * MILLI, at);
        }
        if (before == Health.Cause.NONE && cause == Health.Cause.LAG) {
          assertTrue(lag > 100 * MILLI, at);
        }
        before = cause;
      }
    }
  }
}
