package legacy.faults;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.stream.Stream;
import legacy.chaos.Strikes;

/**
 * Executes a read in some form, comes to some row of it, ends it in some way, and asks the result
 * and the statement for everything.
 *
 * <p>Arguments: JDBC URL, kinds of strikes, the first case, how many, the step between them, and
 * how many calls later a second strike is, separated by commas, 0 for none.
 */
public final class StruckOnce extends StruckLife {
  private static final String[] FORMS = {"query", "execute", "unasked"};
  private static final int[] ROWS = {0, 1, 9};
  private static final String[] ENDS = {
    "none",
    "close",
    "again",
    "fail",
    "update",
    "batch",
    "more",
    "statement",
    "connection",
    "limit",
    "completion"
  };

  /** How many cases there are. */
  private static final int CASES = 2 * 2 * FORMS.length * ROWS.length * ENDS.length;

  /** Tells texts apart: numbers in them do not. */
  private static int texts;

  private final int number;
  private final boolean prepared;
  private final boolean statementFirst;
  private final String form;
  private final int rows;
  private final String end;

  /** A text of its own for each run: what has failed once is the master's for a while. */
  private String read;

  private ResultSet first;
  private Statement made;

  private StruckOnce(String url, int number) {
    super(url);
    this.number = number;
    int rest = number;
    end = ENDS[rest % ENDS.length];
    rest /= ENDS.length;
    form = FORMS[rest % FORMS.length];
    rest /= FORMS.length;
    rows = ROWS[rest % ROWS.length];
    rest /= ROWS.length;
    prepared = rest % 2 == 1;
    statementFirst = rest / 2 % 2 == 1;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0]);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("CREATE TABLE t (v INTEGER, w TEXT)");
      statement.executeUpdate("INSERT INTO t VALUES (1, 'a'), (2, NULL), (3, 'c')");
    }
    String[] kinds = args[1].split(",", -1);
    int[] seconds = Stream.of(args[5].split(",", -1)).mapToInt(Integer::parseInt).toArray();
    int from = Integer.parseInt(args[2]);
    int step = Integer.parseInt(args[4]);
    long runs = 0;
    long served = 0;
    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
      StruckOnce each = new StruckOnce(args[0], (from + i * step) % CASES);
      for (int second : seconds) {
        // What follows a fault is the same for all kinds.
        each.all(second == 0 ? kinds : new String[] {kinds[0]}, second);
      }
      runs += each.runs();
      served += each.runsServed();
    }
    System.err.println("struck " + Strikes.struck() + " in " + runs + " runs, served " + served);
    System.out.println("end");
  }

  /** Has a replica serve what is about to be run but for a number, which makes another text. */
  @Override
  void await(long run) throws Exception {
    if (run == 0) {
      return;
    }
    texts++;
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long before = Strikes.counted();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      while (Strikes.counted() == before && System.nanoTime() - deadline < 0) {
        statement.executeQuery(text(1)).close();
        if (Strikes.counted() == before) {
          Thread.sleep(1);
        }
      }
    }
    if (Strikes.counted() == before) {
      System.out.println("no replica serves");
    }
  }

  private static String text(int most) {
    return "SELECT v, w FROM t AS t" + texts + " WHERE v < " + most + " ORDER BY v";
  }

  @Override
  public String toString() {
    return "case "
        + number
        + ": "
        + (prepared ? "prepared " : "plain ")
        + form
        + ", "
        + rows
        + " rows, "
        + end
        + (statementFirst ? ", statement first" : "");
  }

  @Override
  void run(Strike strike) throws Exception {
    first = null;
    read = text(1000);
    try (Connection connection = DriverManager.getConnection(url)) {
      strike.begin();
      try (Statement statement =
          prepared ? connection.prepareStatement(read) : connection.createStatement()) {
        made = statement;
        ResultSet result = executed(statement);
        comeTo(result, rows);
        end(connection, statement, result);
        ask(statement, result);
        ask(statement, result);
        ResultSet second = executed(statement);
        comeTo(second, 2);
        ask(statement, second);
        tell("close", () -> close(statement));
        ask(statement, second);
      }
    }
  }

  private ResultSet executed(Statement statement) {
    if (form.equals("query")) {
      return (ResultSet)
          tell(
              "query",
              () ->
                  prepared
                      ? ((PreparedStatement) statement).executeQuery()
                      : statement.executeQuery(read));
    }
    tell(
        "execute",
        () -> prepared ? ((PreparedStatement) statement).execute() : statement.execute(read));
    return form.equals("unasked")
        ? null
        : (ResultSet) tell("getResultSet", statement::getResultSet);
  }

  private void comeTo(ResultSet result, int row) {
    for (int i = 0; i < row && result != null; i++) {
      if (!Boolean.TRUE.equals(tell("next", result::next))) {
        return;
      }
      tell("getInt", () -> result.getInt(1));
      tell("getString", () -> result.getString("w"));
      tell("wasNull", result::wasNull);
    }
  }

  private void end(Connection connection, Statement statement, ResultSet result) {
    tell(
        end,
        () -> {
          switch (end) {
            case "close":
              return result == null ? null : close(result);
            case "again":
              ResultSet again = executed(statement);
              comeTo(again, 1);
              return again;
            case "fail":
              return prepared
                  ? ((PreparedStatement) statement).executeUpdate()
                  : statement.execute("SELECT nothing FROM nowhere");
            case "update":
              return prepared
                  ? statement.executeUpdate("UPDATE t SET v = v")
                  : statement.executeUpdate("UPDATE t SET v = v WHERE v < 0");
            case "batch":
              if (prepared) {
                // Executed, it fails, and rewinds the result of the bare driver.
                ((PreparedStatement) statement).addBatch();
                statement.clearBatch();
                return "cleared";
              }
              statement.addBatch("UPDATE t SET v = v WHERE v < 0");
              return statement.executeBatch().length;
            case "more":
              return statement.getMoreResults();
            case "statement":
              return close(statement);
            case "connection":
              return close(connection);
            case "limit":
              statement.setMaxRows(1);
              return "done";
            case "completion":
              statement.closeOnCompletion();
              return result == null ? null : close(result);
            default:
              return "nothing";
          }
        });
  }

  private static String close(AutoCloseable what) throws Exception {
    what.close();
    return "done";
  }

  private void ask(Statement statement, ResultSet result) {
    if (statementFirst) {
      askStatement(statement);
    }
    if (result != null) {
      tell("isClosed", result::isClosed);
      tell("getString(null)", () -> result.getString(null));
      tell("getInt", () -> result.getInt(1));
      tell("wasNull", result::wasNull);
      tell("getRow", result::getRow);
      tell("isBeforeFirst", result::isBeforeFirst);
      tell("isAfterLast", result::isAfterLast);
      tell("columns", () -> result.getMetaData().getColumnCount());
      tell("findColumn", () -> result.findColumn("w"));
      tell("getFetchSize", result::getFetchSize);
      tell("getType", result::getType);
      tell("getWarnings", result::getWarnings);
      tell("getStatement", () -> result.getStatement() == made ? "its own" : "another");
      tell("next", result::next);
      tell("getString", () -> result.getString(2));
    }
    if (!statementFirst) {
      askStatement(statement);
    }
  }

  private void askStatement(Statement statement) {
    tell("statement.isClosed", statement::isClosed);
    tell("getResultSet", statement::getResultSet);
    tell("getUpdateCount", statement::getUpdateCount);
    tell("getMoreResults", statement::getMoreResults);
    tell("getMaxRows", statement::getMaxRows);
    tell("statement.getWarnings", statement::getWarnings);
    tell("statement.getFetchSize", statement::getFetchSize);
    if (statement instanceof PreparedStatement) {
      tell("metaData", () -> ((PreparedStatement) statement).getMetaData().getColumnCount());
    }
  }

  @Override
  Object shown(Object answer) {
    if (!(answer instanceof ResultSet)) {
      return answer;
    }
    first = first == null ? (ResultSet) answer : first;
    return answer == first ? "the result" : "another result";
  }
}
