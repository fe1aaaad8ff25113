package legacy.consistency;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes its tables and reads its settings meanwhile, and never closes those results; goes on
 * reading until a line is typed. Argument: JDBC URL.
 */
public final class LeftOpen {
  private static final int SETTINGS = 20;

  private LeftOpen() {}

  public static void main(String[] args) throws Exception {
    List<ResultSet> settings = new ArrayList<ResultSet>();
    Connection forEver = DriverManager.getConnection(args[0]);
    for (int i = 0; i < SETTINGS; i++) {
      try (Statement make = forEver.createStatement()) {
        make.executeUpdate("CREATE TABLE made" + i + "(a INTEGER)");
      }
      settings.add(forEver.createStatement().executeQuery("SELECT name, " + i + " FROM marker"));
      settings.get(i).next();
    }
    while (System.in.available() == 0) {
      try (Connection connection = DriverManager.getConnection(args[0]);
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("SELECT name FROM marker")) {
        result.next();
      }
      Thread.sleep(5);
    }
    System.out.println("still " + settings.get(0).getString(1));
  }
}
