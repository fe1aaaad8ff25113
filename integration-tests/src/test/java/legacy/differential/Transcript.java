package legacy.differential;

import java.io.PrintStream;
import java.sql.BatchUpdateException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Prints what a program saw, one numbered line per call, nothing that differs between runs. */
final class Transcript {
  /** One call to JDBC; what it returns is printed. */
  interface Call {
    Object run() throws Exception;
  }

  /** Where it matters who has thrown what is no SQLException. */
  private static final boolean TELLS = Boolean.getBoolean("legacy.differential.tells");

  private final PrintStream out;
  private final String seed;
  private int number;

  Transcript(PrintStream out, long seed) {
    this.out = out;
    this.seed = Long.toString(seed);
  }

  /** Turns what a call returned into text. */
  interface Rendering {
    String of(Object value) throws Exception;
  }

  /** Runs the call and prints what came of it. */
  void call(String what, Call call) {
    call(what, call, Transcript::text);
  }

  /** Runs the call and prints what came of it, in a form of the caller's. */
  void call(String what, Call call, Rendering rendering) {
    number++;
    String outcome;
    try {
      outcome = rendering.of(call.run());
    } catch (SQLException e) {
      outcome = failure(e);
    } catch (Exception e) {
      // Without its text, which the JVM leaves out once the code is compiled.
      outcome = "!! " + e.getClass().getName();
      if (TELLS) {
        e.printStackTrace();
      }
    }
    if (TELLS) {
      System.err.println("at " + seed + "." + number);
    }
    out.println(seed + "." + number + " " + what.replace('\n', ' ') + " => " + outcome);
  }

  static String failure(SQLException e) {
    StringBuilder text = new StringBuilder("!! ").append(e.getClass().getName());
    text.append(": ").append(e.getMessage());
    text.append(" [").append(e.getSQLState()).append(' ').append(e.getErrorCode()).append(']');
    if (e instanceof BatchUpdateException) {
      text.append(Arrays.toString(((BatchUpdateException) e).getUpdateCounts()));
    }
    if (e.getNextException() != null) {
      text.append(" next ").append(failure(e.getNextException()));
    }
    return text.toString().replace('\n', ' ');
  }

  static String text(Object value) throws SQLException {
    if (value == null) {
      return "null";
    }
    if (value instanceof byte[]) {
      return "bytes" + Arrays.toString((byte[]) value);
    }
    if (value instanceof int[]) {
      return Arrays.toString((int[]) value);
    }
    if (value instanceof long[]) {
      return Arrays.toString((long[]) value);
    }
    if (value instanceof Blob) {
      return "blob" + Arrays.toString(((Blob) value).getBytes(1, (int) ((Blob) value).length()));
    }
    if (value instanceof Clob) {
      return "clob " + ((Clob) value).getSubString(1, (int) ((Clob) value).length());
    }
    if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
      return value.getClass().getSimpleName().charAt(0)
          + ":"
          + value.toString().replace("\n", "\\n");
    }
    String text = value.toString();
    // Without the hash of an object that has no text of its own.
    String hash = "@" + Integer.toHexString(System.identityHashCode(value));
    return value.getClass().getSimpleName()
        + ":"
        + (text.endsWith(hash) ? text.substring(0, text.length() - hash.length()) : text);
  }

  /** All rows that are left, with column names; leaves the result open. */
  static String rows(ResultSet result) throws SQLException {
    if (result == null) {
      return "no result set";
    }
    ResultSetMetaData metaData = result.getMetaData();
    int columns = metaData.getColumnCount();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= columns; i++) {
      text.append(i > 1 ? "," : "").append(metaData.getColumnLabel(i));
    }
    int rows = 0;
    while (result.next() && rows++ < 50) {
      text.append(" |");
      for (int i = 1; i <= columns; i++) {
        text.append(i > 1 ? "," : "").append(text(result.getObject(i)));
      }
    }
    return text.toString();
  }

  /** What a statement says of its newest execution. */
  static String state(Statement statement) throws SQLException {
    return "count="
        + statement.getUpdateCount()
        + " more="
        + statement.getMoreResults()
        + " count="
        + statement.getUpdateCount()
        + " warnings="
        + statement.getWarnings();
  }
}
