package legacy.compare;

import java.io.BufferedReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import legacy.Told;

/**
 * An application that changes some tables without a pause and reads them and others, until a line
 * of its input says {@code end}. Rows of {@code calm} never change; those of {@code busy} are
 * added, deleted, and switched to and fro between two values. Arguments: URL, and for servers user
 * and password; a fourth where the tables are there.
 */
public final class Turnover {
  private static final int ROWS = 40;
  private static volatile boolean over;

  private Turnover() {}

  public static void main(String[] args) throws Exception {
    if (args.length < 4) {
      try (Connection connection = Told.connect(args)) {
        make(connection);
      }
    }
    Thread[] threads = {
      new Thread(() -> run(args, true)),
      new Thread(() -> run(args, false)),
      new Thread(() -> run(args, false))
    };
    for (Thread thread : threads) {
      thread.start();
    }
    System.out.println("READY");
    BufferedReader in = Told.lines();
    for (String line = in.readLine(); line != null && !line.equals("end"); ) {
      line = in.readLine();
    }
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void make(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE calm (id INTEGER PRIMARY KEY, name VARCHAR(60), price DOUBLE PRECISION,"
              + " picture VARCHAR(60))");
      statement.execute(
          "CREATE TABLE busy (id INTEGER PRIMARY KEY, flag INTEGER, note VARCHAR(60))");
      for (int i = 0; i < ROWS; i++) {
        String price = i % 5 == 0 ? "NULL" : String.valueOf(i / 7.0);
        statement.execute(
            "INSERT INTO calm VALUES (" + i + ", 'needle-" + i + "-end', " + price + ", NULL)");
        statement.execute("INSERT INTO busy VALUES (" + i + ", 0, 'old')");
      }
    }
    connection.commit();
  }

  private static void run(String[] args, boolean writes) {
    int round = 0;
    while (!over) {
      try (Connection connection = Told.connect(args)) {
        while (!over && (round % 16 > 0 || connection.isValid(30))) {
          work(connection, writes, round++);
          // Neither is to take the machine for itself.
          Thread.sleep(writes ? 1 : 3);
        }
        // A server that is gone is asked for another connection.
        round++;
        Thread.sleep(20);
      } catch (SQLException e) {
        System.out.println("FAILED " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void work(Connection connection, boolean writes, int round) {
    try {
      if (writes) {
        write(connection, round);
      } else {
        read(connection, round);
      }
    } catch (SQLException e) {
      // A server is restarted, or a file busy: the next round is as good.
      System.out.println("FAILED " + e);
    }
  }

  private static void write(Connection connection, int round) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE busy SET flag = 1 - flag WHERE id < " + round % ROWS);
      if (round % 4 == 0) {
        statement.executeUpdate("DELETE FROM busy WHERE id = " + (ROWS + round / 4 % 20));
        statement.executeUpdate(
            "INSERT INTO busy VALUES (" + (ROWS + round / 4 % 20) + ", 0, 'new " + round + "')");
      }
    }
  }

  private static void read(Connection connection, int round) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id, name, price, picture FROM calm WHERE id = ?")) {
      statement.setInt(1, round % ROWS);
      drain(statement.executeQuery());
    }
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT id, flag, note FROM busy WHERE id = ? AND flag >= ?")) {
      statement.setInt(1, round % ROWS);
      statement.setInt(2, 0);
      drain(statement.executeQuery());
    }
    try (Statement statement = connection.createStatement()) {
      drain(statement.executeQuery("SELECT count(*), sum(flag) FROM busy"));
      drain(statement.executeQuery("SELECT sum(price), avg(price) FROM calm"));
      drain(
          statement.executeQuery(
              "SELECT c.name, b.flag FROM calm c JOIN busy b ON b.id = c.id WHERE c.id < 5"));
      drain(statement.executeQuery("SELECT note FROM busy ORDER BY flag LIMIT 3"));
      drain(statement.executeQuery("SELECT count(*), max(CURRENT_TIMESTAMP) FROM calm"));
    }
  }

  private static void drain(ResultSet rows) throws SQLException {
    try (ResultSet all = rows) {
      while (all.next()) {
        all.getObject(1);
      }
    }
  }
}
