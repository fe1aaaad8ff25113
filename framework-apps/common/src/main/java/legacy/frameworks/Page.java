package legacy.frameworks;

import java.sql.SQLException;

/** What an application part prints: the same lines on every run on the same database. */
public final class Page {
  /** Something that may fail. */
  @FunctionalInterface
  public interface Work {
    void run() throws Exception;
  }

  private Page() {}

  /** Prints a line. */
  public static void say(String what, Object value) {
    System.out.println(what + ": " + cleaned(String.valueOf(value)));
  }

  /** Runs what is expected to fail, and prints how it did. */
  public static void fails(String what, Work work) {
    try {
      work.run();
      say(what, "did not fail");
    } catch (Exception e) {
      say(what, described(e));
    }
  }

  /** Classes of an exception and its causes, states and codes, the message of the innermost. */
  private static String described(Throwable thrown) {
    StringBuilder line = new StringBuilder();
    Throwable last = thrown;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      line.append(line.length() == 0 ? "" : " < ").append(t.getClass().getName());
      if (t instanceof SQLException) {
        SQLException e = (SQLException) t;
        line.append(" ").append(e.getSQLState()).append(" ").append(e.getErrorCode());
      }
      last = t;
    }
    return line + ": " + last.getMessage();
  }

  /** Without numbers that differ from run to run. */
  private static String cleaned(String text) {
    return text.replaceAll("conn=\\d+", "conn=N").replaceAll("@[0-9a-f]{5,}", "@N");
  }
}
