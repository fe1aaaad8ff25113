package legacy.differential;

import java.io.File;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Statements and calls on SQLite beside an open read of the same connection, which refuses some of
 * them while a statement is under way: each kind of read in each state, each form of statement.
 *
 * <p>Arguments: URL, a directory for files, the name of one action or {@code all}.
 */
public final class ActiveReads {
  /** Those of which all states are tried; of others a read at its first row, and one at its end. */
  private static final String[] WHOLE = {"DROP TABLE other", "PRAGMA wal_checkpoint"};

  private final Transcript transcript = new Transcript(System.out, 0);
  private final String url;
  private final File directory;
  private final ServedReads reads;

  private ActiveReads(String url, File directory) {
    this.url = url;
    this.directory = directory;
    this.reads = new ServedReads(url);
  }

  public static void main(String[] args) throws Exception {
    ActiveReads program = new ActiveReads(args[0], new File(args[1]));
    for (BesideReads.Action action : BesideReads.all(program.directory)) {
      if (args[2].equals("all") || action.name.startsWith(args[2])) {
        program.run(action);
      }
    }
    System.out.println("end");
  }

  private void run(BesideReads.Action action) throws Exception {
    boolean whole = false;
    for (String each : WHOLE) {
      whole |= action.name.equals(each);
    }
    for (OpenRead.State state : OpenRead.State.values()) {
      if (whole || state == OpenRead.State.FIRST || state == OpenRead.State.ENDED) {
        for (boolean prepared : new boolean[] {true, false}) {
          run(action, state, prepared);
        }
      }
    }
  }

  private void run(BesideReads.Action action, OpenRead.State state, boolean prepared)
      throws Exception {
    reset();
    try (Connection connection = DriverManager.getConnection(url);
        Statement own = connection.createStatement()) {
      OpenRead read = reads.open(connection, state, prepared);
      String what = action.name + " beside " + read;
      transcript.call(what, () -> action.run(connection, own));
      transcript.call("rest", () -> rest(read.result()));
      transcript.call("again", () -> action.run(connection, own));
      read.closeResult();
      transcript.call("closed", () -> action.run(connection, own));
      transcript.call("still usable", () -> usable(connection));
      read.closeStatement();
    }
  }

  private static String rest(ResultSet result) throws SQLException {
    return result == null ? "none" : result.getRow() + ": " + Transcript.rows(result);
  }

  private static String usable(Connection connection) throws SQLException {
    if (connection.isClosed()) {
      return "closed";
    }
    try (PreparedStatement write = connection.prepareStatement("INSERT INTO kept VALUES (?)")) {
      write.setInt(1, 7);
      int written = write.executeUpdate();
      try (Statement count = connection.createStatement();
          ResultSet found = count.executeQuery("SELECT changes(), total_changes() > 0")) {
        return written + " " + Transcript.rows(found);
      }
    }
  }

  /** Everything anew, and what the file was made of. */
  private void reset() throws Exception {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String sql : BesideReads.SCHEMA) {
        statement.executeUpdate(sql);
      }
    }
    File[] made = directory.listFiles();
    for (File file : made == null ? new File[0] : made) {
      Files.delete(file.toPath());
    }
  }
}
