package io.rwsplit.compare;

import io.rwsplit.report.Figures;
import java.util.Map;

/** Findings for the log; no values of the application's. Stateless. */
final class CompareText {
  private CompareText() {}

  /** One line. */
  static String of(Finding finding) {
    StringBuilder line = new StringBuilder(finding.replica());
    line.append(" answers otherwise than the master: ").append(finding.onlyMaster());
    line.append(" of ").append(finding.masterRows()).append(" rows only there, ");
    line.append(finding.onlyReplica()).append(" of ").append(finding.replicaRows());
    line.append(" only here");
    if (!finding.columns().isEmpty()) {
      line.append(" (columns ").append(String.join(", ", finding.columns())).append(')');
    }
    return line.append(": ").append(finding.digest()).toString();
  }

  /** One line. */
  static String of(CompareReport report) {
    StringBuilder line = new StringBuilder();
    line.append(Figures.grouped(report.compared())).append(" reads compared with the master: ");
    line.append(Figures.grouped(report.same())).append(" the same, ");
    line.append(Figures.grouped(report.different())).append(" different, ");
    line.append(Figures.grouped(report.undecidedOfAll())).append(" undecided");
    String separator = " (";
    for (Map.Entry<Undecided, Long> each : report.undecided().entrySet()) {
      if (each.getValue() > 0) {
        line.append(separator).append(each.getKey()).append(' ').append(each.getValue());
        separator = ", ";
      }
    }
    line.append(separator.equals(", ") ? ")" : "");
    int standing = 0;
    for (int each : report.standing().values()) {
      standing += each;
    }
    return line.append("; ").append(standing).append(" differences stand").toString();
  }
}
