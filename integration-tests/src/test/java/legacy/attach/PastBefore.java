package legacy.attach;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.fastpath.Fastpath;
import org.postgresql.fastpath.FastpathArg;

/**
 * Writes by what pgjdbc has beside JDBC's statements, on connections that were open when the agent
 * came, each read at once by a thread and a connection that have not written otherwise.
 *
 * <p>Arguments: the agent's jar, or nothing for none; URL, user, password. The table {@code
 * copied(n)} and a function {@code copy_one(int)} that writes to it are there. Goes on at the line
 * it is told.
 */
public final class PastBefore {
  private static final String COPY = "COPY copied FROM STDIN";

  private interface Way {
    void write(Connection on) throws SQLException, IOException;
  }

  private static String[] connect;
  private static CopyIn begun;
  private static int function;

  private PastBefore() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    connect = new String[] {args[1], args[2], args[3]};
    Way[] ways = {
      on -> on.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, new StringReader("1\n")),
      on -> piece(on.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY)),
      on -> {
        StringWriter out = new StringWriter();
        new CopyManager(on.unwrap(BaseConnection.class))
            .copyOut("COPY (INSERT INTO copied VALUES (3) RETURNING n) TO STDOUT", out);
      },
      on -> called(on),
      // The last: which of all connections has written is not known.
      on -> piece(begun),
    };
    Connection[] before = new Connection[ways.length];
    Connection[] fresh = new Connection[ways.length];
    for (int i = 0; i < ways.length; i++) {
      before[i] = open();
    }
    function = number(before[0], "SELECT CAST(oid AS int) FROM pg_proc WHERE proname = 'copy_one'");
    begun = before[ways.length - 1].unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    if (!args[0].isEmpty()) {
      InUse.attach(args[0], connect);
    }
    for (int i = 0; i < ways.length; i++) {
      fresh[i] = open();
    }
    do {
      for (int i = 0; i < ways.length; i++) {
        int unused = count(fresh[i], i);
      }
      Thread.sleep(2);
    } while (System.in.available() == 0);
    for (int i = 0; i < ways.length; i++) {
      int way = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  ways[way].write(before[way]);
                  System.out.println("way " + way + ": " + count(fresh[way], way));
                } catch (SQLException | IOException e) {
                  System.out.println("way " + way + ": " + e);
                }
              });
      thread.start();
      thread.join();
    }
    for (int i = 0; i < ways.length; i++) {
      before[i].close();
      fresh[i].close();
    }
  }

  private static void piece(CopyIn copy) throws SQLException {
    byte[] row = "2\n".getBytes(StandardCharsets.US_ASCII);
    copy.writeToCopy(row, 0, row.length);
    copy.endCopy();
  }

  private static void called(Connection on) throws SQLException {
    Fastpath calls = on.unwrap(PGConnection.class).getFastpathAPI();
    calls.addFunction("copy_one", function);
    int unused = calls.getInteger("copy_one", new FastpathArg[] {new FastpathArg(4)});
  }

  private static Connection open() throws SQLException {
    return DriverManager.getConnection(connect[0], connect[1], connect[2]);
  }

  private static int count(Connection on, int way) throws SQLException {
    return number(on, "SELECT count(*) AS way" + way + " FROM copied");
  }

  private static int number(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }
}
