package legacy.differential;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The two connections of the random program, one of which it works with at a time. */
final class Desks {
  /** Opens a connection. */
  interface Opener {
    Connection open() throws SQLException;
  }

  /** A connection with what the program keeps of it. */
  static final class Desk {
    final String name;
    Connection connection;
    final List<Statement> statements = new ArrayList<>();
    final List<PreparedStatement> reads = new ArrayList<>();
    final List<PreparedStatement> writes = new ArrayList<>();
    final List<ResultSet> open = new ArrayList<>();
    final List<Savepoint> savepoints = new ArrayList<>();

    Desk(String name, Connection connection) {
      this.name = name;
      this.connection = connection;
    }

    /** The next connection, with nothing kept. */
    void renew(Connection next) {
      statements.clear();
      reads.clear();
      writes.clear();
      open.clear();
      savepoints.clear();
      connection = next;
    }
  }

  final Transcript transcript;
  final Random random;
  final Opener opener;
  private final Desk one;
  private final Desk two;

  /** The one it works with. */
  Desk now;

  Desks(Transcript transcript, long seed, Opener opener) throws SQLException {
    this.transcript = transcript;
    this.random = new Random(seed);
    this.opener = opener;
    this.one = new Desk("A", opener.open());
    this.two = new Desk("B", opener.open());
    this.now = one;
  }

  void call(String what, Transcript.Call call) {
    transcript.call(now.name + " " + what, call);
  }

  void change() throws SQLException {
    calm();
    now = now == one ? two : one;
  }

  void close() throws SQLException {
    now = one;
    calm();
    now = two;
    calm();
    one.connection.close();
    two.connection.close();
  }

  /**
   * Ends the transaction and closes what is open, so that others may write or the schema change.
   */
  void calm() throws SQLException {
    for (Statement statement : now.statements) {
      // Closed, since execute() of an INSERT leaves a query for its key open.
      statement.close();
    }
    now.statements.clear();
    for (Statement statement : now.reads) {
      closeResultOf(statement);
    }
    for (Statement statement : now.writes) {
      closeResultOf(statement);
    }
    for (ResultSet result : now.open) {
      result.close();
    }
    now.open.clear();
    if (!now.connection.getAutoCommit()) {
      call(
          "calm",
          () -> {
            now.connection.setAutoCommit(true);
            return "done";
          });
    }
    try (Statement statement = now.connection.createStatement()) {
      call("calm by text", () -> statement.executeUpdate("COMMIT"));
    }
  }

  /** Not printed: what a driver says of a statement that holds no result is its own affair. */
  private static void closeResultOf(Statement statement) {
    try {
      statement.getMoreResults();
    } catch (SQLException | NullPointerException e) {
      return;
    }
  }
}
