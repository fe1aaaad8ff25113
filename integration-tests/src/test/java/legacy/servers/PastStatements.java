package legacy.servers;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.UntilTold;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/**
 * Writes by what pgjdbc has beside JDBC's statements, each read at once. Arguments: URL, user,
 * password.
 */
public final class PastStatements {
  private static final String COPY = "COPY copied FROM STDIN";
  private static final String COUNT = "SELECT count(*) FROM copied";

  private final Connection connection;
  private final Connection other;

  private PastStatements(Connection connection, Connection other) {
    this.connection = connection;
    this.other = other;
  }

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2]);
        Connection other = DriverManager.getConnection(args[0], args[1], args[2])) {
      UntilTold.read(connection, COUNT);
      PastStatements program = new PastStatements(connection, other);
      program.copies();
      program.largeObjects();
    }
  }

  private void copies() throws SQLException, IOException {
    CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
    manager.copyIn(COPY, new StringReader("1\n2\n3\n"));
    say("read by the same connection", connection);
    new CopyManager(connection.unwrap(BaseConnection.class))
        .copyIn(COPY, new StringReader("4\n5\n"));
    say("read by another connection of the thread", other);
    CopyIn piece = manager.copyIn(COPY);
    byte[] row = "6\n".getBytes(StandardCharsets.US_ASCII);
    piece.writeToCopy(row, 0, row.length);
    piece.endCopy();
    say("in pieces", connection);
    connection.setAutoCommit(false);
    manager.copyIn(COPY, new StringReader("7\n8\n"));
    say("inside of its transaction", connection);
    connection.commit();
    connection.setAutoCommit(true);
    say("after its transaction", connection);
    say("after its transaction, by another", other);
    try {
      manager.copyIn(COPY, new StringReader("none\n"));
    } catch (SQLException e) {
      System.out.println("refused: " + e.getSQLState());
    }
    CopyIn dropped = manager.copyIn(COPY);
    dropped.writeToCopy(row, 0, row.length);
    dropped.cancelCopy();
    say("after two in vain", connection);
    StringWriter out = new StringWriter();
    manager.copyOut("COPY copied TO STDOUT", out);
    System.out.println("copied out: " + out.toString().replace('\n', ' '));
    say("after copying out", connection);
  }

  /** Written in one transaction without any statement, read in a read-only one. */
  private void largeObjects() throws SQLException {
    connection.setAutoCommit(false);
    LargeObjectManager manager = connection.unwrap(PGConnection.class).getLargeObjectAPI();
    long id = manager.createLO();
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("INSERT INTO large VALUES (" + id + ")");
    }
    connection.commit();
    LargeObject written = manager.open(id, LargeObjectManager.WRITE);
    written.write("written".getBytes(StandardCharsets.US_ASCII));
    written.close();
    connection.commit();
    connection.setReadOnly(true);
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id FROM large")) {
      System.out.println("large object is there: " + row.next());
      byte[] bytes = row.getBlob(1).getBytes(1, 20);
      System.out.println("large object: " + new String(bytes, StandardCharsets.US_ASCII));
    }
    connection.commit();
    connection.setReadOnly(false);
    connection.setAutoCommit(true);
  }

  private static void say(String what, Connection reader) throws SQLException {
    try (Statement statement = reader.createStatement();
        ResultSet row = statement.executeQuery(COUNT)) {
      row.next();
      System.out.println(what + ": " + row.getInt(1));
    }
  }
}
