package legacy.servers;

import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import org.postgresql.PGConnection;
import org.postgresql.util.PGobject;

/**
 * An application that changes its sessions in all ways, and prints what it reads. Every node has
 * its own name in the table marker, so the output tells who served. Arguments: URL, user, password,
 * scenario.
 */
public final class Sessions {
  private final String url;
  private final String user;
  private final String password;

  private Sessions(String[] args) {
    url = args[0];
    user = args[1];
    password = args[2];
  }

  public static void main(String[] args) throws Exception {
    Sessions sessions = new Sessions(args);
    sessions.warmUp();
    switch (args[3]) {
      case "postgres":
        sessions.postgres();
        break;
      case "mysql":
        sessions.mysql();
        break;
      case "reset":
        sessions.reset();
        break;
      default:
        sessions.untilWrite();
        break;
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url, user, password);
  }

  /** Until a replica serves, and each has its connection. */
  private void warmUp() throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    try (Connection connection = connect()) {
      Set<String> served = new TreeSet<>();
      while (served.size() < 2 && System.nanoTime() < deadline) {
        String who = one(connection, "SELECT who FROM marker");
        if (!who.equals("m")) {
          served.add(who);
        }
        Thread.sleep(20);
      }
      System.out.println("warm: " + served);
    }
  }

  private void postgres() throws Exception {
    common("BEGIN READ ONLY", "25006");
    try (Connection connection = connect()) {
      run(connection, "SET search_path TO a, public");
      say("search_path", one(connection, "SELECT x FROM names, marker") + at(connection));
      run(connection, "BEGIN", "SET search_path TO b, public", "ROLLBACK");
      say("rolled back", one(connection, "SELECT x FROM names") + at(connection));
      run(connection, "BEGIN", "SET search_path TO b, public", "COMMIT");
      say("committed", one(connection, "SELECT x FROM names") + at(connection));
      one(connection, "SELECT set_config('search_path', 'a,public', false)");
      say("set_config", one(connection, "SELECT x FROM names") + at(connection));
      try (PreparedStatement set =
          connection.prepareStatement("SELECT set_config('search_path', ?, false)")) {
        set.setString(1, "\"b\", public");
        set.executeQuery().close();
      }
      say("by parameter", one(connection, "SELECT x FROM names") + at(connection));
      connection.setSchema("b");
      say("setSchema", one(connection, "SELECT x FROM names, public.marker"));
      run(connection, "RESET search_path");
      say("reset", one(connection, "SELECT x FROM names") + at(connection));
      run(connection, "SET TIME ZONE 'Asia/Tokyo'");
      say("time zone", one(connection, "SELECT CAST(t AS text) FROM names") + at(connection));
      run(connection, "SET TIME ZONE 'UTC'", "SET DateStyle = ISO, DMY");
      say(
          "date style",
          one(connection, "SELECT CAST('02/01/2026' AS date) FROM names") + at(connection));
      run(connection, "SET app.tenant = '7'");
      say("policy", one(connection, "SELECT tenant FROM tenant_of_session") + at(connection));
      run(connection, "SET ROLE reader");
      say("role", attempt(connection, "SELECT x FROM secret") + at(connection));
      run(connection, "RESET ROLE");
      say("no role", attempt(connection, "SELECT x FROM secret") + at(connection));
      run(connection, "SET statement_timeout = 200");
      say(
          "timeout",
          attempt(connection, "SELECT count(*) FROM marker, generate_series(1, 2000000000)"));
      run(connection, "DISCARD ALL");
      say("discarded", one(connection, "SELECT x FROM names") + at(connection));
      run(connection, "SET enable_tidscan = off");
      say("unmodelled", at(connection));
      run(connection, "RESET ALL");
      say("reset all", at(connection));
      one(connection, "SELECT pg_advisory_lock(1)");
      say("locked", at(connection));
      one(connection, "SELECT pg_advisory_unlock(1)");
      say("unlocked", at(connection));
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      run(connection, "SET search_path TO b, public");
      say("set in a read-only transaction", one(connection, "SELECT x FROM names"));
      run(connection, "SET LOCAL search_path TO a, public");
      say("set local", one(connection, "SELECT x FROM names") + at(connection));
      run(connection, "SAVEPOINT s");
      say("fails", attempt(connection, "SELECT 1 / (length(who) - length(who)) FROM marker"));
      run(connection, "ROLLBACK TO s");
      say("goes on", one(connection, "SELECT x FROM names"));
      connection.rollback();
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      say("serializable", at(connection));
      connection.rollback();
    }
    alternate("SET search_path TO a, public", "SET search_path TO b, public", null);
    otherZone("SELECT t FROM names");
    dataTypes();
  }

  /** A class of the application's, as PostGIS and pgvector have them. */
  public static final class Address extends PGobject {
    private static final long serialVersionUID = 1;
  }

  private void dataTypes() throws SQLException {
    try (Connection connection = connect();
        Connection other = connect()) {
      say("data type", madeOf(connection) + at(connection));
      connection.unwrap(PGConnection.class).addDataType("inet", Address.class);
      for (int i = 0; i < 3; i++) {
        say("own class", madeOf(connection) + at(connection));
        say("another connection's", madeOf(other) + at(other));
      }
      run(connection, "DISCARD ALL");
      say("own class still", madeOf(connection) + at(connection));
    }
  }

  private static String madeOf(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT CAST('10.1.2.3' AS inet) FROM names")) {
      row.next();
      return row.getObject(1).getClass().getSimpleName();
    }
  }

  /** Drivers keep the zone that the JVM had when they connected, or begin the session with it. */
  private void otherZone(String sql) throws Exception {
    TimeZone first = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
    try (Connection connection = connect()) {
      long deadline = System.nanoTime() + 30_000_000_000L;
      while (at(connection).equals(" m") && System.nanoTime() < deadline) {
        Thread.sleep(20);
      }
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(sql)) {
        row.next();
        say("zone of the JVM", row.getString(1) + ", " + row.getTimestamp(1) + at(connection));
      }
    } finally {
      TimeZone.setDefault(first);
    }
  }

  /** MySQL's driver has setters that JDBC does not know. */
  private void ownSetter() throws Exception {
    try (Connection connection = connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT n FROM wide WHERE n = ?")) {
      statement.setLong(1, 5);
      say("by JDBC", only(statement));
      BigInteger six = BigInteger.valueOf(6);
      try {
        Method own = statement.getClass().getMethod("setBigInteger", int.class, BigInteger.class);
        own.invoke(statement, 1, six);
      } catch (NoSuchMethodException e) {
        statement.setBigDecimal(1, new BigDecimal(six));
      }
      say("by a setter of the driver's own", only(statement));
    }
  }

  private static String only(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getString(1);
    }
  }

  /** As MariaDB's pool does when a connection comes back. */
  private void reset() throws Exception {
    try (Connection connection = connect()) {
      String zone = one(connection, "SELECT t FROM stamps");
      run(connection, "SET time_zone = '+09:00'");
      say("time zone", !one(connection, "SELECT t FROM stamps").equals(zone) + at(connection));
      connection.getClass().getMethod("reset").invoke(connection);
      say("reset", one(connection, "SELECT t FROM stamps").equals(zone) + at(connection));
      connection.setAutoCommit(false);
      run(connection, "SET sql_mode = 'PAD_CHAR_TO_FULL_LENGTH'");
      connection.getClass().getMethod("reset").invoke(connection);
      say("reset in a transaction", one(connection, "SELECT length(c) FROM stamps"));
      connection.setAutoCommit(true);
      say("after it", one(connection, "SELECT length(c) FROM stamps") + at(connection));
    }
  }

  private void mysql() throws Exception {
    common("START TRANSACTION READ ONLY", "25006");
    try (Connection connection = connect()) {
      // A function of MariaDB 12's own, and a stored one before.
      String who = one(connection, "SELECT who FROM marker WHERE trunc(1) = 1");
      say("stored function", who.equals("m") ? "m" : "r");
    }
    try (Connection connection = connect()) {
      run(connection, "SET time_zone = '+09:00'");
      say("time zone", one(connection, "SELECT t FROM stamps") + at(connection));
      run(connection, "SET time_zone = '+00:00', sql_mode = 'PAD_CHAR_TO_FULL_LENGTH'");
      say("two", one(connection, "SELECT length(c) FROM stamps") + at(connection));
      run(connection, "SET sql_mode = ''");
      say("sql_mode", one(connection, "SELECT length(c) FROM stamps") + at(connection));
      run(connection, "SET group_concat_max_len = 4");
      say("length", one(connection, "SELECT group_concat(c, c, c) FROM stamps") + at(connection));
      run(connection, "SET NAMES utf8mb4 COLLATE utf8mb4_bin");
      say("names", one(connection, "SELECT 'a' = 'A' FROM marker") + at(connection));
      run(connection, "SET NAMES utf8mb4 COLLATE utf8mb4_general_ci");
      say("names again", one(connection, "SELECT 'a' = 'A' FROM marker") + at(connection));
      run(connection, "SET @a = 1");
      say("variable", at(connection));
    }
    try (Connection connection = connect()) {
      connection.setCatalog("other");
      say("setCatalog", one(connection, "SELECT x FROM names") + at(connection, "app.marker"));
      run(connection, "USE app");
      say("use", at(connection));
      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
      say("serializable", at(connection));
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      say("read committed", at(connection));
      run(connection, "LOCK TABLES marker READ");
      say("locked", at(connection));
      run(connection, "UNLOCK TABLES");
      say("unlocked", at(connection));
    }
    try (Connection connection = connect()) {
      // Twice: the driver's own query has been seen then.
      driversMetaData(connection.getMetaData());
      say("the driver's metadata", driversMetaData(connection.getMetaData()));
    }
    alternate("USE other", "USE app", "app.marker");
    ownSetter();
    otherZone("SELECT CAST('2026-01-02 03:04:05' AS DATETIME) FROM stamps");
  }

  /** Calls what JDBC does not know; the driver casts what its own statements give it. */
  private static String driversMetaData(DatabaseMetaData metaData) throws Exception {
    int asked = 0;
    for (Method method : metaData.getClass().getMethods()) {
      if (method.getName().startsWith("getImportedKeysUsing")) {
        try (ResultSet keys = (ResultSet) method.invoke(metaData, "app", "marker")) {
          while (keys.next()) {
            keys.getString(1);
          }
        }
        asked++;
      }
    }
    boolean isMariadbs = metaData.getDriverName().startsWith("MariaDB");
    return asked == (isMariadbs ? 2 : 0) ? "its own" : "asked " + asked;
  }

  private void common(String beginReadOnly, String refused) throws SQLException {
    try (Connection connection = connect()) {
      say("autocommit", at(connection));
      connection.setAutoCommit(false);
      say("transaction", at(connection));
      connection.rollback();
      connection.setReadOnly(true);
      say("read only", one20(connection));
      connection.commit();
      say("read only again", one20(connection));
      connection.rollback();
      connection.setAutoCommit(true);
      connection.setReadOnly(false);
      say("after it", at(connection));
      run(connection, beginReadOnly);
      say("by text", one20(connection));
      String state = attempt(connection, "INSERT INTO marker VALUES ('x')");
      say("refused", state.equals(refused) ? "as by the driver" : state);
      run(connection, "ROLLBACK");
      say("nothing written", one(connection, "SELECT count(*) FROM marker WHERE who = 'x'"));
      say("zero", attempt(connection, "SELECT x FROM missing"));
      run(connection, "CREATE TEMPORARY TABLE scratch (a INT)");
      say("temporary", at(connection));
      run(connection, "DROP TABLE scratch");
      say("dropped", at(connection));
    }
  }

  /** Two sessions, one replica connection each time: neither sees the other's state. */
  private void alternate(String first, String second, String marker) throws Exception {
    try (Connection one = connect();
        Connection two = connect();
        Connection three = connect()) {
      run(one, first);
      run(two, second);
      String table = marker == null ? "public.marker" : marker;
      StringBuilder said = new StringBuilder();
      try (PreparedStatement p1 = one.prepareStatement("SELECT x, who FROM names, " + table);
          PreparedStatement p2 = two.prepareStatement("SELECT x, who FROM names, " + table);
          PreparedStatement p3 = three.prepareStatement("SELECT x, who FROM names, " + table)) {
        for (int i = 0; i < 20; i++) {
          said.append(i == 0 ? "" : " ").append(row(p1)).append(row(p2)).append(row(p3));
        }
      }
      Set<String> rounds = new TreeSet<>();
      for (String round : said.toString().split(" ", -1)) {
        rounds.add(round);
      }
      say("alternating", rounds.toString());
    }
  }

  private static String row(PreparedStatement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1) + (rows.getString(2).equals("m") ? "m" : "r");
    }
  }

  private void untilWrite() throws SQLException {
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      say("before", at(connection));
      run(connection, "UPDATE scratchpad SET a = a + 1");
      say("after", at(connection));
      connection.commit();
      say("next", at(connection));
      one(connection, "SELECT a FROM scratchpad FOR UPDATE");
      say("locked", at(connection));
      connection.rollback();
      // All rows of a replica's would come at once.
      say("in pieces", inPieces(connection, ResultSet.TYPE_FORWARD_ONLY));
      say("scrollable, in pieces", inPieces(connection, ResultSet.TYPE_SCROLL_INSENSITIVE));
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      say("repeatable read", at(connection));
      connection.rollback();
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      connection.setAutoCommit(true);
      run(connection, "BEGIN");
      say("by text, in pieces", inPieces(connection, ResultSet.TYPE_FORWARD_ONLY));
      run(connection, "COMMIT");
    }
  }

  /** In a transaction of its own, where the driver knows of it. */
  private static String inPieces(Connection connection, int type) throws SQLException {
    try (Statement statement = connection.createStatement(type, ResultSet.CONCUR_READ_ONLY)) {
      statement.setFetchSize(1);
      try (ResultSet rows = statement.executeQuery("SELECT who, 1 AS one FROM marker")) {
        rows.next();
        return rows.getString(1).equals("m") ? "m" : "r";
      }
    } finally {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    }
  }

  private static void say(String name, String what) {
    System.out.println(name + ": " + what);
  }

  /** The kind of node that served: m or r. */
  private static String at(Connection connection) throws SQLException {
    return at(connection, "marker");
  }

  private static String at(Connection connection, String marker) throws SQLException {
    return " " + (one(connection, "SELECT who FROM " + marker).equals("m") ? "m" : "r");
  }

  private static String one20(Connection connection) throws SQLException {
    Set<String> served = new TreeSet<>();
    for (int i = 0; i < 20; i++) {
      served.add(one(connection, "SELECT who FROM marker"));
    }
    String kind = served.contains("m") ? "m" : "r";
    return served.size() == 1 ? "all on one " + kind : served.toString();
  }

  private static String attempt(Connection connection, String sql) {
    try {
      return String.valueOf(one(connection, sql));
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return null;
      }
      try (ResultSet rows = statement.getResultSet()) {
        return rows.next() ? rows.getString(1) : null;
      }
    }
  }

  private static void run(Connection connection, String... texts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String text : texts) {
        statement.execute(text);
      }
    }
  }
}
