package io.rwsplit.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final long[] NUMBERS = {
    0, 1, 7, 10, 99, 100, 999, 1_000, 9_999, 10_000, 123_456, 999_999, 1_000_000, 1_234_567_890_123L
  };

  @Test
  void groupsThousands() {
    for (long number : NUMBERS) {
      assertEquals(String.format(Locale.ROOT, "%,d", number), Figures.grouped(number));
    }
  }

  @Test
  void roundsSharesAsTheFormatterDoes() {
    assertEquals("0.0 %", Figures.percent(0, 0));
    for (int all = 1; all < 250; all++) {
      for (int part = 0; part <= all; part++) {
        assertEquals(
            String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all), Figures.percent(part, all));
      }
    }
  }

  @Test
  void fillsUpToTheWidth() {
    for (String text : new String[] {"", "a", "abc", "abcd", "abcdef"}) {
      assertEquals(
          String.format(Locale.ROOT, "%4s", text),
          Figures.right(new StringBuilder(), text, 4).toString());
      assertEquals(
          String.format(Locale.ROOT, "%-4s", text),
          Figures.left(new StringBuilder(), text, 4).toString());
    }
  }
}
