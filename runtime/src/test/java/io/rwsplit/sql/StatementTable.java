package io.rwsplit.sql;

import io.rwsplit.engine.Engine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rows of a table of statements, e.g. {@code sqlite.tsv}: kind, reason, may-write flag, SQL.
 */
final class StatementTable {
  /** One row. */
  static final class Row {
    final String kind;
    final String reason;
    final boolean mayWrite;
    final String sql;

    Row(String line) {
      String[] f = line.split("\t", 4);
      kind = f[0];
      reason = f[1];
      mayWrite = f[2].equals("w");
      sql = f[3].replace("<TAB>", "\t").replace("<LF>", "\n");
    }

    /** What the row says, for comparing. */
    String expected() {
      return kind + " " + reason + (mayWrite ? " may write" : "");
    }

    static String actual(Classification c) {
      return c.kind() + " " + c.reason() + (c.mayWrite() ? " may write" : "");
    }
  }

  private StatementTable() {}

  /** All rows of the table of this engine. */
  static List<Row> read(Engine engine) throws IOException {
    List<Row> rows = new ArrayList<>();
    String name = engine.name().toLowerCase(Locale.ROOT) + ".tsv";
    try (BufferedReader r =
        new BufferedReader(
            new InputStreamReader(
                StatementTable.class.getResourceAsStream(name), StandardCharsets.UTF_8))) {
      for (String line = r.readLine(); line != null; line = r.readLine()) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          rows.add(new Row(line));
        }
      }
    }
    return rows;
  }
}
