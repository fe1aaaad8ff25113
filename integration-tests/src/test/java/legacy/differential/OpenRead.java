package legacy.differential;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A read of three rows, or none, as far as it has got. Not thread-safe. */
final class OpenRead {
  /** How far it has got. */
  enum State {
    NOT_BEGUN,
    FIRST,
    MIDDLE,
    LAST,
    ENDED,
    /** At the limit of its rows. */
    LIMITED,
    /** Past the last row, which its limit does not reach. */
    SPARSE,
    CLOSED,
    STATEMENT_CLOSED,
    WITHOUT_ROWS,
    /** Of {@code execute}; nobody has asked for the result. */
    NOT_ASKED,
    NOT_ASKED_WITHOUT_ROWS,
    /** Of {@code execute}, and at its first row. */
    ASKED,
    /** Gone past by {@code getMoreResults}. */
    PASSED,
    /** Executed once more, and at its first row. */
    AGAIN
  }

  private static final String THREE = "SELECT id, name FROM item WHERE id < ";
  private static final int ROWS = 3;

  private final State state;
  private final boolean prepared;
  private final Statement statement;
  private ResultSet result;

  private OpenRead(State state, boolean prepared, Statement statement) {
    this.state = state;
    this.prepared = prepared;
    this.statement = statement;
  }

  static OpenRead open(Connection connection, State state, boolean prepared) throws SQLException {
    Statement statement =
        prepared
            ? connection.prepareStatement(THREE + "? ORDER BY id")
            : connection.createStatement();
    OpenRead read = new OpenRead(state, prepared, statement);
    read.begin();
    return read;
  }

  /** True when a replica served what was last executed. */
  boolean isServed() {
    return result != null && CallCounts.isServed(result);
  }

  /** Goes on to its state. */
  void reach() throws SQLException {
    switch (state) {
      case FIRST:
      case ASKED:
      case AGAIN:
        step(1);
        break;
      case MIDDLE:
        step(2);
        break;
      case LAST:
        step(ROWS);
        break;
      case ENDED:
      case SPARSE:
        step(ROWS + 1);
        break;
      case LIMITED:
        step(2);
        break;
      case CLOSED:
        step(1);
        result.close();
        break;
      case STATEMENT_CLOSED:
        step(1);
        statement.close();
        break;
      case PASSED:
        step(1);
        statement.getMoreResults();
        break;
      default:
        break;
    }
  }

  private void begin() throws SQLException {
    if (state == State.LIMITED) {
      statement.setMaxRows(1);
    } else if (state == State.SPARSE) {
      statement.setMaxRows(ROWS + 2);
    }
    if (state == State.AGAIN) {
      execute(false).close();
    }
    boolean late = state == State.NOT_ASKED || state == State.NOT_ASKED_WITHOUT_ROWS;
    result = execute(late || state == State.ASKED);
  }

  /** Null where it stays unasked: then of an object that the driver has for all executions. */
  private ResultSet execute(boolean askLater) throws SQLException {
    boolean none = state == State.WITHOUT_ROWS || state == State.NOT_ASKED_WITHOUT_ROWS;
    int below = none ? 0 : ROWS + 1;
    String sql = THREE + below + " ORDER BY id";
    if (prepared) {
      ((PreparedStatement) statement).setInt(1, below);
    }
    if (!askLater) {
      return prepared
          ? ((PreparedStatement) statement).executeQuery()
          : statement.executeQuery(sql);
    }
    ResultSet known = null;
    if (state != State.ASKED) {
      // What it is seen by, without asking.
      known =
          prepared ? ((PreparedStatement) statement).executeQuery() : statement.executeQuery(sql);
      known.close();
    }
    boolean unused = prepared ? ((PreparedStatement) statement).execute() : statement.execute(sql);
    return state == State.ASKED ? statement.getResultSet() : known;
  }

  private void step(int rows) throws SQLException {
    for (int i = 0; i < rows; i++) {
      boolean unused = result.next();
    }
  }

  /** The rows, asked for now where nobody has; null when there is nothing any more. */
  ResultSet result() throws SQLException {
    return state == State.NOT_ASKED || state == State.NOT_ASKED_WITHOUT_ROWS
        ? statement.getResultSet()
        : result;
  }

  void closeResult() throws SQLException {
    result.close();
  }

  void closeStatement() throws SQLException {
    statement.close();
  }

  @Override
  public String toString() {
    return (prepared ? "prepared " : "") + state;
  }
}
