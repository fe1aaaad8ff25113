package legacy.servers;

import java.io.StringReader;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/**
 * An application whose functions, procedures and triggers change its sessions. After each of its
 * statements it prints what it reads, and who served. Arguments: URL, user, password, engine.
 */
public final class LeftBehind {
  private final String url;
  private final String user;
  private final String password;
  private final boolean postgres;

  private LeftBehind(String[] args) {
    url = args[0];
    user = args[1];
    password = args[2];
    postgres = args[3].equals("postgres");
  }

  /** What is done before the read. */
  private interface Deed {
    void on(Connection connection) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    LeftBehind app = new LeftBehind(args);
    // Before anything is known of the database's functions, as pools begin their connections.
    try (Connection early = app.connect()) {
      app.run(early, app.postgres ? "SELECT use_schema('b')" : "SELECT use_zone('+09:00')");
      app.known();
      System.out.println("at once: " + app.read(early));
    }
    if (app.postgres) {
      app.onPostgres();
    } else {
      app.onMysql(args[3].equals("mariadb"));
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  private void onPostgres() throws Exception {
    text("SELECT use_schema('b')");
    text("SELECT use_schema('b') FROM names FOR UPDATE");
    text("SELECT use_schema('b'), pg_advisory_xact_lock(1)");
    text("SELECT use_schema('b'), current_user");
    text("SELECT * FROM by_view");
    text("INSERT INTO audit VALUES (use_schema('b'))");
    text("INSERT INTO audit VALUES ('x') RETURNING use_schema('b')");
    text("INSERT INTO audit VALUES ('x') RETURNING set_config('search_path', 'b,public', false)");
    text("INSERT INTO audit SELECT set_config('search_path', 'b,public', false)");
    text("UPDATE audit SET x = use_schema('b')");
    text("WITH i AS (INSERT INTO audit VALUES ('b') RETURNING x) SELECT use_schema(x) FROM i");
    text("INSERT INTO by_trigger VALUES ('x')");
    text("INSERT INTO by_default (x) VALUES ('x')");
    text("DELETE FROM parent");
    text("UPDATE audit SET x = 'x'; SELECT use_schema('b')");
    text("EXPLAIN ANALYZE SELECT use_schema('b')");
    text("CREATE TABLE made AS SELECT use_schema('b') AS x");
    text("DO $$ BEGIN SET search_path TO b, public; END $$");
    text("DO 'BEGIN PERFORM use_schema(''b''); END'");
    text("CALL procedure_of_schema('b')");
    text("PREPARE p AS SELECT use_schema('b')", "EXECUTE p", "DEALLOCATE p");
    after(
        "a batch",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.addBatch("INSERT INTO audit VALUES ('x')");
            statement.addBatch("INSERT INTO audit VALUES (use_schema('b'))");
            statement.executeBatch();
          }
        });
    after(
        "a prepared batch",
        connection -> {
          try (PreparedStatement statement =
              connection.prepareStatement("INSERT INTO audit VALUES (use_schema(?))")) {
            statement.setString(1, "b");
            statement.addBatch();
            statement.executeBatch();
          }
        });
    after("a call", connection -> call(connection, "{? = call use_schema(?)}", "b"));
    after(
        "COPY",
        connection ->
            connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY by_trigger FROM STDIN", new StringReader("x\n")));
    System.out.println("harmless:");
    text("SELECT harmless('b')");
    text("INSERT INTO audit VALUES (harmless('b'))");
    text("INSERT INTO audit SELECT set_config('search_path', 'b,public', true)");
    text("INSERT INTO by_local_trigger VALUES ('x')");
    text("CALL harmless_procedure('b')");
    text("DO $$ BEGIN UPDATE audit SET x = harmless('b'); END $$");
  }

  private void onMysql(boolean mariadb) throws Exception {
    text("SELECT use_zone('+09:00')");
    text("SELECT by_procedure('+09:00')");
    text("SELECT make_temporary()");
    text("SELECT use_zone('+09:00') FROM names FOR UPDATE");
    text("SELECT * FROM by_view");
    text("INSERT INTO audit VALUES (use_zone('+09:00'))");
    text("INSERT INTO audit VALUES (GET_LOCK('hunt', 1))");
    text("INSERT INTO by_trigger VALUES ('x')");
    text("DO use_zone('+09:00')");
    text("CALL procedure_of_zone('+09:00')");
    text("SET @a = use_zone('+09:00')", "DO 1");
    text("CALL begins()");
    text("PREPARE p FROM 'SET time_zone = ''+09:00'''", "EXECUTE p", "DEALLOCATE PREPARE p");
    if (mariadb) {
      text("EXECUTE IMMEDIATE 'SET time_zone = ''+09:00'''");
      text("BEGIN NOT ATOMIC SET time_zone = '+09:00'; END");
    }
    after("a call", connection -> call(connection, "{? = call use_zone(?)}", "+09:00"));
    after(
        "a call that fails",
        connection -> {
          try {
            run(connection, "CALL begins_and_fails()");
            throw new IllegalStateException("did not fail");
          } catch (SQLException e) {
            // and leaves its transaction open
          }
        });
    System.out.println("harmless:");
    text("SELECT harmless('b')");
    text("INSERT INTO audit VALUES (harmless('b'))");
    text("INSERT INTO by_local_trigger VALUES (1)");
    text("DO GET_LOCK('hunt', 1)", "DO RELEASE_LOCK('hunt')");
    text("CALL begins_and_commits()");
    after(
        "a procedure",
        connection -> {
          try (CallableStatement call = connection.prepareCall("{call harmless_procedure(?, ?)}")) {
            call.setInt(1, 1);
            call.registerOutParameter(2, java.sql.Types.INTEGER);
            call.execute();
          }
        });
  }

  private static void call(Connection connection, String sql, String value) throws SQLException {
    try (CallableStatement call = connection.prepareCall(sql)) {
      call.registerOutParameter(1, java.sql.Types.VARCHAR);
      call.setString(2, value);
      call.execute();
    }
  }

  private void text(String... texts) throws Exception {
    after(String.join("; ", texts), connection -> run(connection, texts));
  }

  private void after(String name, Deed deed) throws Exception {
    try (Connection connection = connect()) {
      deed.on(connection);
      known();
      System.out.println(name + ": " + read(connection));
    }
  }

  private String read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                postgres
                    ? "SELECT x, who FROM names, public.marker"
                    : "SELECT x, t, who FROM names, marker")) {
      row.next();
      boolean master = row.getString("who").equals("m");
      return row.getString(1) + (postgres ? "" : " " + row.getString(2)) + (master ? " m" : " r");
    }
  }

  /** Until a session without anything of its own reads from a replica. */
  private void known() throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    try (Connection plain = connect()) {
      while (read(plain).endsWith(" m")) {
        if (System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("no read leaves");
        }
        Thread.sleep(5);
      }
    }
  }

  private void run(Connection connection, String... texts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }
}
