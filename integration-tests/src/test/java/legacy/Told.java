package legacy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** What programs have in common that are told by lines of their input what to do. */
public final class Told {
  private Told() {}

  /** Lines of the standard input. */
  public static BufferedReader lines() {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  }

  /**
   * A connection of their own.
   *
   * @param args URL, and for servers user and password
   */
  public static Connection connect(String[] args) throws SQLException {
    Properties properties = new Properties();
    if (args.length > 1) {
      properties.setProperty("user", args[1]);
      properties.setProperty("password", args[2]);
    }
    return DriverManager.getConnection(args[0], properties);
  }
}
