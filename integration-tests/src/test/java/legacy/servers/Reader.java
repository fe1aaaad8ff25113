package legacy.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.Stalls;

/**
 * One connection that does what standard input says, line by line, and prints how long it took: a
 * query; {@code stream} and a query, whose rows come in pieces, with a stop for a further line
 * after the first of them; {@code readonly} and an isolation level, for a transaction; {@code
 * commit}.
 *
 * <p>Arguments: JDBC URL, user, password.
 */
public final class Reader {
  private static final int PIECE = 10;

  private final BufferedReader in =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final Connection connection;

  /** What the newest command has to say, without the time. */
  private String answer;

  private Reader(Connection connection) {
    this.connection = connection;
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(args[0], args[1], args[2])) {
      Reader reader = new Reader(connection);
      Stalls.watch();
      System.out.println("started");
      for (String line = reader.in.readLine();
          line != null && !line.equals("end");
          line = reader.in.readLine()) {
        Stalls.takeMillis();
        long began = System.nanoTime();
        try {
          reader.run(line);
        } catch (SQLException e) {
          reader.answer = "failed " + e.getSQLState();
          e.printStackTrace();
        }
        System.out.println(
            reader.answer
                + " in "
                + (System.nanoTime() - began) / 1_000_000
                + " ms, stalled "
                + Stalls.takeMillis()
                + " ms");
      }
    }
  }

  private void run(String line) throws SQLException, IOException {
    if (line.startsWith("stream ")) {
      stream(line.substring(7));
    } else if (line.startsWith("readonly ")) {
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Integer.parseInt(line.substring(9)));
      connection.setAutoCommit(false);
      answer = "begun";
    } else if (line.equals("commit")) {
      connection.setAutoCommit(true);
      connection.setReadOnly(false);
      answer = "committed";
    } else {
      try (Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery(line)) {
        answer = result.next() ? "found " + result.getString(1) : "nothing";
      }
    }
  }

  private void stream(String sql) throws SQLException, IOException {
    int rows = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(PIECE);
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          if (result.getInt(1) != rows++) {
            answer = "wrong row " + rows;
            return;
          }
          if (rows == PIECE) {
            System.out.println("streaming");
            String unused = in.readLine();
          }
        }
      }
      answer = "rows " + rows;
    } catch (SQLException e) {
      System.out.println("after rows: " + rows);
      throw e;
    }
  }
}
