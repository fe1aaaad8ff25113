package io.rwsplit.cli.data;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import io.rwsplit.engine.Engine;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Compares replicas with their master: the schema, then every table. What it holds in memory is
 * bounded by the rows of a range, and nothing is written. Used by one thread.
 */
public final class DataCheck {
  private static final int SECONDS = 600;
  private static final int SCHEMA_LOOKS = 10;
  private static final long SCHEMA_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Databases databases;
  private final Dialect dialect;
  private final Pace pace;
  private final boolean showValues;

  /** Told how far it is. */
  public interface Progress {
    /**
     * From time to time.
     *
     * @param tables how many are done
     * @param of how many there are
     * @param rows of the present table that are compared
     */
    void at(String replica, String table, int tables, int of, long rows);
  }

  /**
   * @param showValues true when differences may show what differs
   */
  public DataCheck(Databases databases, Pace pace, boolean showValues) {
    this.databases = databases;
    this.dialect = Dialect.of(databases.engine());
    this.pace = pace;
    this.showValues = showValues;
  }

  /** False for an engine whose data cannot be compared. */
  public static boolean knows(Engine engine) {
    return Dialect.of(engine) != null;
  }

  /** Compares one replica; what could not be done is in the report. */
  public ReplicaReport run(Node replica, Progress progress) {
    ReplicaReport report = new ReplicaReport(replica.name());
    Node master = databases.nodes().get(0);
    String at = master.name();
    try (Side ours = new Side(dialect, databases.open(master, SECONDS))) {
      at = replica.name();
      try (Side theirs = new Side(dialect, databases.open(replica, SECONDS))) {
        schema(ours, theirs, report);
        tables(ours, theirs, report, progress);
      }
    } catch (SQLException e) {
      report.stopped(at + ": " + databases.message(e));
    }
    return report;
  }

  private void schema(Side ours, Side theirs, ReplicaReport report) throws SQLException {
    List<String> known = Collections.emptyList();
    for (int i = 0; ; i++) {
      Set<String> master = lines(ours);
      Set<String> replica = lines(theirs);
      List<String> differing = new ArrayList<>();
      for (String line : master) {
        if (!replica.remove(line)) {
          differing.add("is not here: " + line);
        }
      }
      for (String line : replica) {
        differing.add("is not on the master: " + line);
      }
      if (differing.isEmpty()) {
        return;
      }
      boolean lasting = i >= SCHEMA_LOOKS && differing.equals(known);
      if (lasting || i >= 2 * SCHEMA_LOOKS) {
        for (String line : differing) {
          report.add(new RowDifference("schema", "", line, Collections.<String>emptyList()));
        }
        return;
      }
      known = differing;
      LockSupport.parkNanos(SCHEMA_PAUSE_NANOS);
    }
  }

  private Set<String> lines(Side side) throws SQLException {
    Set<String> lines = new LinkedHashSet<>(dialect.schema(side.connection()));
    side.end();
    return lines;
  }

  private void tables(Side ours, Side theirs, ReplicaReport report, Progress progress)
      throws SQLException {
    Set<String> there = new LinkedHashSet<>();
    for (Table table : dialect.tables(theirs.connection())) {
      there.add(table.name);
    }
    List<Table> tables = dialect.tables(ours.connection());
    ours.end();
    theirs.end();
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      int number = i;
      if (there.contains(table.name) && !table.columns.isEmpty()) {
        TableCheck check = new TableCheck(dialect, ours, theirs, table, pace, showValues, report);
        try {
          check.run(rows -> progress.at(report.name(), table.name, number, tables.size(), rows));
        } catch (SQLException e) {
          ours.end();
          theirs.end();
          if (!String.valueOf(e.getSQLState()).startsWith("42")) {
            throw e;
          }
          // No right to read it, or it is gone, or it has other columns, as the schema tells.
          report.note(table.name + " was not compared: " + databases.message(e));
        }
      }
    }
  }
}
