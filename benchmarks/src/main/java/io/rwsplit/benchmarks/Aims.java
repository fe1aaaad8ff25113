package io.rwsplit.benchmarks;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Aims, each with a greatest or least figure and what was measured where. Not thread-safe. */
final class Aims {

  /** An aim and its figures. */
  private static final class Aim {
    private final boolean atMost;
    private final double limit;
    private final Map<String, Double> figures = new LinkedHashMap<>();

    Aim(boolean atMost, double limit) {
      this.atMost = atMost;
      this.limit = limit;
    }

    boolean isMet(double figure) {
      return atMost ? figure <= limit : figure >= limit;
    }
  }

  private final Map<String, Aim> aims = new LinkedHashMap<>();

  /**
   * Notes a figure that should be {@code limit} or less; {@code where} is unique for the aim. What
   * is not a number was not measured, and not noted.
   */
  void atMost(String aim, double limit, String where, double figure) {
    note(aim, new Aim(true, limit), where, figure);
  }

  /** Notes a figure that should be {@code limit} or more. */
  void atLeast(String aim, double limit, String where, double figure) {
    note(aim, new Aim(false, limit), where, figure);
  }

  private void note(String name, Aim fresh, String where, double figure) {
    if (Double.isNaN(figure)) {
      return;
    }
    Aim known = aims.putIfAbsent(name, fresh);
    (known == null ? fresh : known).figures.put(where, figure);
  }

  boolean isEmpty() {
    return aims.isEmpty();
  }

  void print(PrintStream out) {
    out.println("| aim | met | figures |");
    out.println("|---|---|---|");
    for (Map.Entry<String, Aim> each : aims.entrySet()) {
      Aim aim = each.getValue();
      List<String> figures = new ArrayList<>();
      int met = 0;
      for (Map.Entry<String, Double> figure : aim.figures.entrySet()) {
        boolean good = aim.isMet(figure.getValue());
        met += good ? 1 : 0;
        String text = String.format(Locale.ROOT, "%s %.2f", figure.getKey(), figure.getValue());
        figures.add(good ? text : "**" + text + "**");
      }
      int all = aim.figures.size();
      String verdict =
          met == all ? "yes" : met == 0 ? "**no**" : "**in " + met + " of " + all + "**";
      out.println(
          "| " + each.getKey() + " | " + verdict + " | " + String.join(", ", figures) + " |");
    }
    out.println();
  }
}
