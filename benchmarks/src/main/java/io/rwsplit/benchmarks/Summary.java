package io.rwsplit.benchmarks;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Minimum, median and maximum of some figures. Immutable. */
final class Summary {

  private final double[] sorted;

  private Summary(double[] sorted) {
    this.sorted = sorted;
  }

  /**
   * @throws IllegalArgumentException when there is no figure or one is not a number
   */
  static Summary of(double... figures) {
    if (figures.length == 0) {
      throw new IllegalArgumentException("no figures");
    }
    double[] sorted = figures.clone();
    Arrays.sort(sorted);
    if (Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException("not a number among " + Arrays.toString(figures));
    }
    return new Summary(sorted);
  }

  static Summary of(Collection<Double> figures) {
    return of(figures.stream().mapToDouble(Double::doubleValue).toArray());
  }

  double min() {
    return sorted[0];
  }

  /** The middle figure, or the mean of the two middle ones. */
  double median() {
    int upper = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[upper] : (sorted[upper - 1] + sorted[upper]) / 2;
  }

  double max() {
    return sorted[sorted.length - 1];
  }

  /** {@code median (min–max)}, each in this format. */
  String format(String format) {
    return String.format(
        Locale.ROOT, format + " (" + format + "–" + format + ")", median(), min(), max());
  }

  /** The same of all figures times this. */
  String format(String format, double times) {
    return of(Arrays.stream(sorted).map(figure -> figure * times).toArray()).format(format);
  }
}
