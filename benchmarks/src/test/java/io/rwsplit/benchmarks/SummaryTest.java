package io.rwsplit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void oddCountHasAMiddle() {
    Summary summary = Summary.of(5, 1, 3);
    assertEquals(1, summary.min());
    assertEquals(3, summary.median());
    assertEquals(5, summary.max());
  }

  @Test
  void evenCountTakesTheMeanOfTheMiddle() {
    assertEquals(2.5, Summary.of(Arrays.asList(4.0, 1.0, 2.0, 3.0)).median());
  }

  @Test
  void oneFigureIsAllThree() {
    assertEquals("7.0 (7.0–7.0)", Summary.of(7).format("%.1f"));
  }

  @Test
  void formatsMedianThenBounds() {
    assertEquals("1.02 (0.99–1.30)", Summary.of(1.3, 0.99, 1.02).format("%.2f"));
  }

  @Test
  void leavesTheFiguresAlone() {
    double[] figures = {3, 2, 1};
    Summary.of(figures);
    assertEquals(3, figures[0]);
  }

  @Test
  void refusesNothingAndNotANumber() {
    assertThrows(IllegalArgumentException.class, () -> Summary.of(Collections.emptyList()));
    assertThrows(IllegalArgumentException.class, () -> Summary.of(1, Double.NaN));
  }
}
