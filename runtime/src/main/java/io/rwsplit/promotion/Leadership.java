package io.rwsplit.promotion;

import java.util.List;

/**
 * Which node is the rightful master, by the lines of history that servers are on: whoever leads the
 * newest. A server that comes back and knows of no newer line is not, whatever it takes itself for.
 * Thread-safe.
 */
final class Leadership {
  /** Nobody was promoted yet, or nothing is known: the servers' own claims decide. */
  static final int NONE = -1;

  private long line;
  private int leader = NONE;

  /**
   * Says it for what the servers say now and have said before.
   *
   * @param reports by node
   */
  synchronized int leader(List<NodeReport> reports) {
    String system = system(reports);
    for (NodeReport report : reports) {
      if (report.answered && belongs(report, system) && report.line > line) {
        line = report.line;
        leader = NONE;
      }
    }
    if (line == 0) {
      return NONE;
    }
    int writable = NONE;
    int count = 0;
    int any = NONE;
    for (int i = 0; i < reports.size(); i++) {
      NodeReport report = reports.get(i);
      if (!report.answered || report.line != line || !belongs(report, system)) {
        continue;
      }
      any = any < 0 ? i : any;
      if (report.leader != null) {
        leader = named(report.leader, reports);
      }
      if (report.writable) {
        writable = i;
        count++;
      }
    }
    if (leader >= 0 && isLeading(reports.get(leader))) {
      return leader;
    }
    if (count == 1) {
      leader = writable;
      return writable;
    }
    if (count > 1) {
      return NONE;
    }
    // Nobody leads the newest line now; to name one of it keeps those of older ones out.
    return leader >= 0 ? leader : any;
  }

  /** The newest line seen. */
  synchronized long line() {
    return line;
  }

  private boolean isLeading(NodeReport report) {
    return report.answered && report.writable && report.line == line;
  }

  /** The node with this identity; the leader so far when none has it. */
  private int named(String identity, List<NodeReport> reports) {
    for (int i = 0; i < reports.size(); i++) {
      if (identity.equals(reports.get(i).identity)) {
        return i;
      }
    }
    return leader;
  }

  private static boolean belongs(NodeReport report, String system) {
    return system == null || report.system == null || report.system.equals(system);
  }

  /** The system that most nodes are of; null when none says. */
  private static String system(List<NodeReport> reports) {
    String common = null;
    int most = 0;
    for (NodeReport report : reports) {
      int same = 0;
      for (NodeReport other : reports) {
        same += report.system != null && report.system.equals(other.system) ? 1 : 0;
      }
      if (same > most) {
        most = same;
        common = report.system;
      }
    }
    return common;
  }
}
