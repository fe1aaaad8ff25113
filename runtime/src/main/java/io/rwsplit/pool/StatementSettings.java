package io.rwsplit.pool;

import io.rwsplit.bootstrap.Setting;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Settings the application made on a statement, to be made on a replica's too. Immutable. */
public final class StatementSettings {
  /** Nothing was set: the driver's defaults. */
  public static final StatementSettings DEFAULT = new StatementSettings(0, new long[6]);

  /** Bit s is set when setting s was made. */
  private final int made;

  private final long[] values;

  private StatementSettings(int made, long[] values) {
    this.made = made;
    this.values = values;
  }

  /** These settings and one more. {@code setting} is one of the first six of {@link Setting}. */
  public StatementSettings with(int setting, long value) {
    if (setting >= values.length || (isMade(setting) && values[setting] == value)) {
      return this;
    }
    long[] changed = values.clone();
    changed[setting] = value;
    return new StatementSettings(made | (1 << setting), changed);
  }

  private boolean isMade(int setting) {
    return (made & (1 << setting)) != 0;
  }

  /**
   * True when a limit of rows was set: a result may then end before the query does, and go on
   * holding its snapshot.
   */
  public boolean limitsRows() {
    return values[Setting.MAX_ROWS] != 0;
  }

  /** True when the result may be another for what was set. */
  public boolean changesResults() {
    return limitsRows() || values[Setting.MAX_FIELD_SIZE] != 0 || isMade(Setting.ESCAPE_PROCESSING);
  }

  /** True when a limit of time was set. */
  public boolean limitsTime() {
    return values[Setting.QUERY_TIMEOUT] != 0;
  }

  /** True when nothing was set. */
  public boolean isDefault() {
    return made == 0;
  }

  /** Makes the settings on a fresh statement. */
  public void apply(Statement statement) throws SQLException {
    if (made == 0) {
      return;
    }
    // In this order: sqlite-jdbc refuses a fetch size beyond the limit of rows, not the reverse.
    if (isMade(Setting.FETCH_SIZE)) {
      statement.setFetchSize((int) values[Setting.FETCH_SIZE]);
    }
    if (isMade(Setting.MAX_ROWS)) {
      maxRows(statement, values[Setting.MAX_ROWS]);
    }
    if (isMade(Setting.FETCH_DIRECTION)) {
      statement.setFetchDirection((int) values[Setting.FETCH_DIRECTION]);
    }
    if (isMade(Setting.QUERY_TIMEOUT)) {
      statement.setQueryTimeout((int) values[Setting.QUERY_TIMEOUT]);
    }
    if (isMade(Setting.MAX_FIELD_SIZE)) {
      statement.setMaxFieldSize((int) values[Setting.MAX_FIELD_SIZE]);
    }
    if (isMade(Setting.ESCAPE_PROCESSING)) {
      statement.setEscapeProcessing(values[Setting.ESCAPE_PROCESSING] != 0);
    }
  }

  /** Limits the rows; of drivers of JDBC 4.1 and before, too, while the limit fits. */
  public static void maxRows(Statement statement, long rows) throws SQLException {
    if (rows > Integer.MAX_VALUE) {
      statement.setLargeMaxRows(rows);
    } else {
      statement.setMaxRows((int) rows);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StatementSettings
        && made == ((StatementSettings) other).made
        && Arrays.equals(values, ((StatementSettings) other).values);
  }

  @Override
  public int hashCode() {
    return 31 * made + Arrays.hashCode(values);
  }
}
