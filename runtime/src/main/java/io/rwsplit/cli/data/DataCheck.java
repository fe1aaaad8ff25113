package io.rwsplit.cli.data;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import io.rwsplit.config.ReplicationMode;
import io.rwsplit.engine.Engine;
import io.rwsplit.replication.FilePositions;
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

  /** A replica whose file is replaced, or that is fed from now on, is compared anew. */
  private static final int TRIES = 5;

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
    for (int i = 1; ; i++) {
      ReplicaReport report = new ReplicaReport(replica.name());
      boolean fed = isFed();
      boolean replaced = false;
      try (Pair pair = open(replica, fed)) {
        schema(pair, report);
        long settle = pace.settleNanos(knowsPositions(pair));
        tables(pair, settle, report, progress);
      } catch (Side.Unopened e) {
        report.stopped(e.getMessage());
      } catch (SQLException e) {
        replaced = e instanceof MetPair.Replaced;
        report.stopped(replica.name() + ": " + databases.message(e));
      }
      // What was found while somebody began to feed it may have been on its way.
      boolean begun = !fed && report.total() > 0 && isFed();
      if (i == TRIES || !(replaced || begun)) {
        return report;
      }
    }
  }

  /** True when a replica's place in the log of its master can be told. */
  private boolean isFed() {
    return databases.engine() == Engine.SQLITE
        && databases.settings().replication() == ReplicationMode.WAL
        && FilePositions.areKnown()
        && MetPair.isFed(databases);
  }

  /** A SQLite replica that nobody feeds, though the agent should, stays where it is. */
  private boolean knowsPositions(Pair pair) throws SQLException {
    return databases.engine() == Engine.SQLITE
        ? databases.settings().replication() == ReplicationMode.WAL
        : dialect.position(pair.master().connection()) != null;
  }

  private Pair open(Node replica, boolean fed) throws SQLException {
    return fed
        ? MetPair.open(databases, dialect, replica, pace.patienceNanos)
        : LoosePair.open(databases, dialect, replica, SECONDS);
  }

  private void schema(Pair pair, ReplicaReport report) throws SQLException {
    List<String> known = Collections.emptyList();
    for (int i = 0; ; i++) {
      List<String> differing = schemaDifferences(pair);
      if (differing.isEmpty()) {
        return;
      }
      boolean lasting = i >= SCHEMA_LOOKS && differing.equals(known);
      if (pair.isExact() || lasting || i >= 2 * SCHEMA_LOOKS) {
        for (String line : differing) {
          report.add(new RowDifference("schema", "", line, Collections.<String>emptyList()));
        }
        return;
      }
      known = differing;
      LockSupport.parkNanos(SCHEMA_PAUSE_NANOS);
    }
  }

  private List<String> schemaDifferences(Pair pair) throws SQLException {
    pair.begin();
    try {
      Set<String> master = lines(pair.master());
      Set<String> replica = lines(pair.replica());
      List<String> differing = new ArrayList<>();
      for (String line : master) {
        if (!replica.remove(line)) {
          differing.add("is not here: " + line);
        }
      }
      for (String line : replica) {
        differing.add("is not on the master: " + line);
      }
      return differing;
    } finally {
      pair.end();
    }
  }

  private Set<String> lines(Side side) throws SQLException {
    Set<String> lines = new LinkedHashSet<>(dialect.schema(side.connection()));
    side.end();
    return lines;
  }

  private void tables(Pair pair, long settleNanos, ReplicaReport report, Progress progress)
      throws SQLException {
    Set<String> there = new LinkedHashSet<>();
    List<Table> tables;
    pair.begin();
    try {
      for (Table table : dialect.tables(pair.replica().connection())) {
        there.add(table.name);
      }
      tables = dialect.tables(pair.master().connection());
      pair.master().end();
      pair.replica().end();
    } finally {
      pair.end();
    }
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      int number = i;
      if (there.contains(table.name) && !table.columns.isEmpty()) {
        TableCheck check =
            new TableCheck(dialect, pair, table, pace, settleNanos, showValues, report);
        try {
          check.run(rows -> progress.at(report.name(), table.name, number, tables.size(), rows));
        } catch (SQLException e) {
          pair.master().end();
          pair.replica().end();
          if (!dialect.isOfTable(e)) {
            throw e;
          }
          // No right to read it, or it is gone, or it has other columns, as the schema tells.
          report.note(table.name + " was not compared: " + databases.message(e));
        }
      }
    }
  }
}
