package legacy.proof;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the marker of {@code master.db} in the working directory in every form and by every way of
 * opening it, prints whose marker it saw, and then writes once by each way.
 */
public final class MarkerReads {
  private static final String SQL = "SELECT name FROM marker WHERE id = 1";
  private static final String[] PREPARED = {
    "SELECT name FROM marker WHERE id = 1 AND (? IS NULL OR ? IS NOT NULL)", SQL + " AND ? = ?"
  };

  private final Map<String, Integer> seen = new TreeMap<>();

  private MarkerReads() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    for (Map.Entry<String, Ways.Way> way : Ways.to("master.db").entrySet()) {
      MarkerReads reads = new MarkerReads();
      try (Connection connection = way.getValue().open()) {
        warmUp(connection);
        reads.all(connection);
      }
      System.out.println("read by " + way.getKey() + ": " + reads.seen);
    }
    for (String other : new String[] {"other.db", "replica1.db"}) {
      MarkerReads reads = new MarkerReads();
      try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other)) {
        reads.all(connection);
      }
      System.out.println("read of " + other + ": " + reads.seen);
    }
    try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
        Statement statement = memory.createStatement()) {
      statement.executeUpdate("CREATE TABLE marker(id INTEGER PRIMARY KEY, name TEXT)");
      statement.executeUpdate("INSERT INTO marker VALUES (1, 'memory')");
      MarkerReads reads = new MarkerReads();
      reads.all(memory);
      System.out.println("read of memory: " + reads.seen);
    }
    for (Map.Entry<String, Ways.Way> way : Ways.to("master.db").entrySet()) {
      try (Connection connection = way.getValue().open()) {
        write(connection, way.getKey());
      }
    }
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:other.db")) {
      write(connection, "other");
    }
  }

  /** Reads until the answer changes, for at most a minute: pools fill in the background. */
  private static void warmUp(Connection connection) throws SQLException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    int others = 0;
    try (Statement statement = connection.createStatement()) {
      while (others < 20 && System.nanoTime() < deadline) {
        try (ResultSet result = statement.executeQuery(SQL)) {
          others = result.next() && !result.getString(1).equals("master.db") ? others + 1 : 0;
        }
      }
    }
  }

  private void all(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < 10; i++) {
        see(statement.executeQuery(SQL));
        statement.execute(SQL);
        see(statement.getResultSet());
      }
    }
    for (int form = 0; form < 2; form++) {
      try (PreparedStatement statement = connection.prepareStatement(PREPARED[0])) {
        for (int type = 0; type < 14; type++) {
          set(statement, 1, type);
          set(statement, 2, 13 - type);
          see(run(statement, form));
        }
        // Bound once, executed again and again.
        see(run(statement, form));
        see(run(statement, form));
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(PREPARED[1])) {
      for (int i = 0; i < 20; i++) {
        statement.setInt(1, i);
        statement.setInt(2, i);
        see(run(statement, i % 2));
      }
    }
  }

  private static ResultSet run(PreparedStatement statement, int form) throws SQLException {
    if (form == 0) {
      return statement.executeQuery();
    }
    statement.execute();
    return statement.getResultSet();
  }

  private static void set(PreparedStatement statement, int index, int type) throws SQLException {
    switch (type) {
      case 0:
        statement.setBoolean(index, true);
        break;
      case 1:
        statement.setByte(index, (byte) 1);
        break;
      case 2:
        statement.setShort(index, (short) 2);
        break;
      case 3:
        statement.setInt(index, 3);
        break;
      case 4:
        statement.setLong(index, 4);
        break;
      case 5:
        statement.setFloat(index, 5.5f);
        break;
      case 6:
        statement.setDouble(index, 6.5);
        break;
      case 7:
        statement.setBigDecimal(index, BigDecimal.TEN);
        break;
      case 8:
        statement.setString(index, "eight");
        break;
      case 9:
        statement.setBytes(index, new byte[] {9});
        break;
      case 10:
        statement.setDate(index, new java.sql.Date(0));
        break;
      case 11:
        statement.setTimestamp(index, new java.sql.Timestamp(0));
        break;
      case 12:
        statement.setObject(index, "twelve");
        break;
      default:
        statement.setNull(index, Types.VARCHAR);
        break;
    }
  }

  private void see(ResultSet result) throws SQLException {
    try (ResultSet rows = result) {
      seen.merge(rows.next() ? rows.getString(1) : "nothing", 1, Integer::sum);
    }
  }

  private static void write(Connection connection, String way) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO ledger(way) VALUES (?)");
        Statement statement = connection.createStatement()) {
      insert.setString(1, way);
      insert.executeUpdate();
      insert.execute();
      insert.addBatch();
      insert.executeBatch();
      // A batch clears the parameters.
      insert.setString(1, way);
      connection.setAutoCommit(false);
      insert.executeUpdate();
      connection.commit();
      connection.setAutoCommit(true);
      try (ResultSet result =
          statement.executeQuery("INSERT INTO ledger(way) VALUES ('" + way + "') RETURNING id")) {
        result.next();
      }
    }
  }
}
