package io.rwsplit.it;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The last summary the agent logged, read back from standard error. Immutable. */
public final class ExitTable {
  private static final Pattern HEAD =
      Pattern.compile(".* ([\\d,]+) statements: ([\\d,]+) on replicas .*, ([\\d,]+) on the master");
  private static final Pattern SCOPED = Pattern.compile("(.* INFO  )([A-Za-z][A-Za-z0-9]*): (.*)");
  private static final Pattern ROW =
      Pattern.compile(".*INFO +(replica\\d+|master) +([\\d,]+) +[\\d.]+ % +(.*)");

  private final List<String> lines = new ArrayList<>();
  private final Map<String, Long> masterReasons = new LinkedHashMap<>();
  private final Map<String, Long> replicas = new LinkedHashMap<>();
  private long onReplicas;
  private long onMaster;

  private ExitTable() {}

  /** The last one of an application that has ended. */
  public static ExitTable of(ForkedJvm app) {
    return of(app, app.err());
  }

  /** The last one of a group; empty for the group without a name. */
  public static ExitTable of(ForkedJvm app, String group) {
    List<String> lines = new ArrayList<>();
    for (String line : app.err()) {
      Matcher scoped = SCOPED.matcher(line);
      if (scoped.matches() ? scoped.group(2).equals(group) : group.isEmpty()) {
        lines.add(scoped.matches() ? scoped.group(1) + scoped.group(3) : line);
      }
    }
    return of(app, lines);
  }

  private static ExitTable of(ForkedJvm app, List<String> lines) {
    ExitTable table = null;
    for (String line : lines) {
      Matcher head = HEAD.matcher(line);
      if (head.matches()) {
        table = new ExitTable();
        table.onReplicas = number(head.group(2));
        table.onMaster = number(head.group(3));
      }
      if (table != null) {
        table.row(line);
      }
    }
    if (table == null) {
      throw new AssertionError("no summary\n" + app.transcript());
    }
    return table;
  }

  private void row(String line) {
    lines.add(line);
    Matcher row = ROW.matcher(line);
    if (row.matches()) {
      Map<String, Long> into = row.group(1).equals("master") ? masterReasons : replicas;
      into.put(into == replicas ? row.group(1) : row.group(3), number(row.group(2)));
    }
  }

  private static long number(String text) {
    return Long.parseLong(text.replace(",", ""));
  }

  /** Statements that replicas served. */
  public long onReplicas() {
    return onReplicas;
  }

  /** Statements the master ran. */
  public long onMaster() {
    return onMaster;
  }

  /** Statements the master ran for a reason, by the reason's text. */
  public long onMaster(String reason) {
    return masterReasons.getOrDefault(reason, 0L);
  }

  /** Reads by replica, in the order of the configuration. */
  public List<Long> byReplica() {
    return new ArrayList<>(replicas.values());
  }

  @Override
  public String toString() {
    return String.join("\n", lines);
  }
}
