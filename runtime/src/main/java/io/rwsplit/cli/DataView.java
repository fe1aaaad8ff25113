package io.rwsplit.cli;

import io.rwsplit.cli.data.ReplicaReport;
import io.rwsplit.cli.data.RowDifference;
import io.rwsplit.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what comparisons have found. Stateless. */
final class DataView {
  private DataView() {}

  /** Of a replica that was compared twice, the second comparison counts. */
  static int exitCode(List<ReplicaReport> reports) {
    Map<String, ReplicaReport> newest = new LinkedHashMap<>();
    for (ReplicaReport report : reports) {
      newest.put(report.name(), report);
    }
    int code = ExitCode.OK;
    for (ReplicaReport report : newest.values()) {
      int own = report.total() > 0 ? ExitCode.FINDINGS : ExitCode.REFUSED;
      if (!report.isEqual() && code != ExitCode.FINDINGS) {
        code = own;
      }
    }
    return code;
  }

  static void print(List<ReplicaReport> reports, Console console) {
    for (ReplicaReport report : reports) {
      long rows = 0;
      for (long[] counts : report.tables().values()) {
        rows += counts[0];
      }
      int tables = report.tables().size();
      String compared =
          tables + (tables == 1 ? " table, " : " tables, ") + Texts.count(rows) + " rows compared";
      String verdict =
          report.total() > 0
              ? "DIFFERS, differences: " + Texts.count(report.total()) + "; " + compared
              : report.isEqual() ? "equal; " + compared : "NOT COMPARED to the end; " + compared;
      console.line(report.name() + ": " + verdict);
      if (report.obstacle() != null) {
        console.line("  " + report.obstacle());
      }
      if (report.total() > 0) {
        differences(report, console);
      }
      for (String note : report.notes()) {
        console.line("  note: " + note);
      }
    }
  }

  private static void differences(ReplicaReport report, Console console) {
    TextTable table = new TextTable("  table", "on master>", "on replica>", "differences>");
    boolean any = false;
    for (Map.Entry<String, long[]> each : report.tables().entrySet()) {
      long[] counts = each.getValue();
      if (counts[2] > 0) {
        any = true;
        table.add(
            "  " + each.getKey(),
            Texts.count(counts[0]),
            Texts.count(counts[1]),
            Texts.count(counts[2]));
      }
    }
    if (any) {
      table.print(console);
    }
    for (RowDifference difference : report.differences()) {
      String columns = String.join("; ", difference.columns());
      String where = difference.table().isEmpty() ? "" : " " + difference.table();
      console.line(
          "  "
              + difference.kind()
              + where
              + " "
              + difference.where()
              + (columns.isEmpty() ? "" : " (" + columns + ")"));
    }
    if (report.total() > report.differences().size()) {
      console.line("  ... and more");
    }
  }

  static String json(List<ReplicaReport> reports) {
    List<Object> replicas = new ArrayList<>();
    for (ReplicaReport report : reports) {
      Map<String, Object> replica = new LinkedHashMap<>();
      replica.put("name", report.name());
      replica.put("equal", report.isEqual());
      replica.put("obstacle", report.obstacle());
      replica.put("total", report.total());
      List<Object> tables = new ArrayList<>();
      for (Map.Entry<String, long[]> each : report.tables().entrySet()) {
        Map<String, Object> table = new LinkedHashMap<>();
        table.put("name", each.getKey());
        table.put("rowsOnMaster", each.getValue()[0]);
        table.put("rowsOnReplica", each.getValue()[1]);
        table.put("differences", each.getValue()[2]);
        tables.add(table);
      }
      replica.put("tables", tables);
      List<Object> differences = new ArrayList<>();
      for (RowDifference each : report.differences()) {
        Map<String, Object> difference = new LinkedHashMap<>();
        difference.put("kind", each.kind());
        difference.put("table", each.table());
        difference.put("where", each.where());
        difference.put("columns", each.columns());
        differences.add(difference);
      }
      replica.put("differences", differences);
      replica.put("notes", report.notes());
      replicas.add(replica);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("equal", exitCode(reports) == ExitCode.OK);
    root.put("replicas", replicas);
    return JsonWriter.write(root);
  }
}
