package io.rwsplit.it.crash;

import java.util.Arrays;
import java.util.List;

/** Whether a quantity that is sampled at regular times grows. */
final class Trend {
  private Trend() {}

  /**
   * By how much the values rise from the first to the last, by the median of the slopes between any
   * two of them (Theil and Sen): some that stand out do not count.
   */
  static double rise(List<Double> values) {
    int n = values.size();
    if (n < 2) {
      return 0;
    }
    double[] slopes = new double[n * (n - 1) / 2];
    int count = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[count++] = (values.get(j) - values.get(i)) / (j - i);
      }
    }
    Arrays.sort(slopes);
    return slopes[slopes.length / 2] * (n - 1);
  }

  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** True when the values rise by more than {@code tolerance}, and by more than a tenth. */
  static boolean grows(List<Double> values, double tolerance) {
    double rise = rise(values);
    return rise > tolerance && rise > median(values) / 10;
  }
}
