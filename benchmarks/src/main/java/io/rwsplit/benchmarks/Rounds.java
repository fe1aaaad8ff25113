package io.rwsplit.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Figures of several contenders, taken round by round, each contender once in a round. Ratios and
 * differences are taken within a round, so that what the machine did meanwhile cancels out. A
 * figure that is not a number was not to be had. Used by one thread.
 */
final class Rounds {
  private final String base;
  private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();

  /**
   * @param base the contender that the others are compared with
   */
  Rounds(String base) {
    this.base = base;
  }

  void add(String contender, String metric, double figure) {
    figures
        .computeIfAbsent(contender, unknown -> new LinkedHashMap<>())
        .computeIfAbsent(metric, unknown -> new ArrayList<>())
        .add(figure);
  }

  Set<String> contenders() {
    return figures.keySet();
  }

  /** The names of what was measured of a contender. */
  Set<String> metrics(String contender) {
    return figures.get(contender).keySet();
  }

  /** How many rounds there were. */
  int count() {
    return figures.get(base).values().iterator().next().size();
  }

  boolean has(String contender, String metric) {
    Map<String, List<Double>> all = figures.get(contender);
    return all != null && all.containsKey(metric) && !known(all.get(metric)).isEmpty();
  }

  /**
   * The figures themselves.
   *
   * @throws IllegalArgumentException when there are none
   */
  Summary of(String contender, String metric) {
    return Summary.of(known(figures.get(contender).get(metric)));
  }

  /** Whether {@link #ratio} is anything: the clock of CPU time may not have moved. */
  boolean hasRatio(String contender, String metric) {
    return has(contender, metric) && !ratios(contender, metric).isEmpty();
  }

  /** Over those of the base. */
  Summary ratio(String contender, String metric) {
    return Summary.of(ratios(contender, metric));
  }

  /** The median of {@link #ratio}; NaN when there is none. */
  double medianRatio(String contender, String metric) {
    return hasRatio(contender, metric) ? ratio(contender, metric).median() : Double.NaN;
  }

  /** The median of the ratio to another than the base; NaN when there is none. */
  double medianRatio(String contender, String other, String metric) {
    if (!has(contender, metric) || !has(other, metric)) {
      return Double.NaN;
    }
    List<Double> ratios = ratios(contender, other, metric);
    return ratios.isEmpty() ? Double.NaN : Summary.of(ratios).median();
  }

  private List<Double> ratios(String contender, String metric) {
    return ratios(contender, base, metric);
  }

  private List<Double> ratios(String contender, String other, String metric) {
    List<Double> ratios = new ArrayList<>();
    List<Double> over = figures.get(contender).get(metric);
    List<Double> under = figures.get(other).get(metric);
    for (int i = 0; i < over.size(); i++) {
      ratios.add(over.get(i) / under.get(i));
    }
    return known(ratios);
  }

  /** Less those of the base. */
  Summary difference(String contender, String metric) {
    List<Double> differences = new ArrayList<>();
    List<Double> from = figures.get(contender).get(metric);
    List<Double> less = figures.get(base).get(metric);
    for (int i = 0; i < from.size(); i++) {
      differences.add(from.get(i) - less.get(i));
    }
    return Summary.of(known(differences));
  }

  private static List<Double> known(List<Double> all) {
    List<Double> known = new ArrayList<>();
    for (double each : all) {
      if (!Double.isNaN(each) && !Double.isInfinite(each)) {
        known.add(each);
      }
    }
    return known;
  }
}
