package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The judgement of {@link Soak}, and a run too short to find anything but what leaks fast. {@code
 * -Drwsplit.it.soak.seconds=1800} soaks for long.
 */
class SoakTest {
  private static final long SECONDS = Long.getLong("rwsplit.it.soak.seconds", 0);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    // 40 samples: start, rise by each, noise, every tenth stands out by; tolerance; grows
    "100, 0, 0, 0, 3, false",
    "100, 0, 20, 300, 3, false",
    "100, 0.5, 4, 0, 3, true",
    "100, 0.5, 4, 300, 3, true",
    "100, -2, 4, 0, 3, false",
    "1000, 1, 4, 0, 3, false",
    "100, 0.5, 4, 0, 30, false",
    "0, 0, 0, 0, 0.5, false",
    "0, 1, 0, 0, 0.5, true",
  })
  void judgesByTheTrend(
      double start, double rise, double noise, double outlier, double tolerance, boolean grows) {
    java.util.Random random = new java.util.Random(1);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      values.add(start + i * rise + random.nextDouble() * noise + (i % 10 == 9 ? outlier : 0));
    }
    assertEquals(grows, Trend.grows(values, tolerance), () -> "rise " + Trend.rise(values));
  }

  @Test
  void findsWhatTheApplicationLeaks() throws Exception {
    Soak soak = new Soak(directory, 15, 400, "heap,threads,files");
    List<String> growing = soak.run();
    for (String leak : List.of("HEAP_AFTER_GC", "THREADS", "DESCRIPTORS")) {
      assertTrue(growing.stream().anyMatch(found -> found.startsWith(leak)), soak::toString);
    }
  }

  @Test
  void nothingGrows() throws Exception {
    if (SECONDS > 0) {
      Soak soak = new Soak(directory, SECONDS, 5000, "none");
      assertEquals(List.of(), soak.run(), soak::toString);
    }
  }
}
