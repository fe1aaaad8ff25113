package legacy.failover;

import com.mysql.cj.jdbc.MysqlConnectionPoolDataSource;
import com.mysql.cj.jdbc.MysqlDataSource;
import com.mysql.cj.jdbc.MysqlXADataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.mariadb.jdbc.MariaDbDataSource;
import org.mariadb.jdbc.MariaDbPoolDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** Connects in every way a driver has, and leaves a row by each that names the server. */
public final class Ways {
  private static String insert;

  private Ways() {}

  /** Arguments: driver, URL, SQL for the port of the server. */
  public static void main(String[] arguments) throws Exception {
    String url = arguments[1];
    insert = "INSERT INTO ways(way, server) VALUES (?, " + arguments[2] + ")";
    leave("DriverManager", DriverManager.getConnection(url, "app", "app"));
    switch (arguments[0]) {
      case "postgresql":
        postgresql(url);
        break;
      case "mariadb":
        mariadb(url);
        break;
      default:
        mysql(url);
    }
    System.out.println("ended");
  }

  private static void postgresql(String url) throws Exception {
    PGSimpleDataSource simple = new PGSimpleDataSource();
    simple.setUrl(url);
    leave("PGSimpleDataSource", simple.getConnection("app", "app"));
    PGConnectionPoolDataSource pooled = new PGConnectionPoolDataSource();
    pooled.setUrl(url);
    leave("PGConnectionPool", pooled.getPooledConnection("app", "app").getConnection());
    PGXADataSource xa = new PGXADataSource();
    xa.setUrl(url);
    leave("PGXADataSource", xa.getXAConnection("app", "app").getConnection());
  }

  private static void mariadb(String url) throws Exception {
    MariaDbDataSource source = new MariaDbDataSource(url);
    leave("MariaDbDataSource", source.getConnection("app", "app"));
    source.setUser("app");
    source.setPassword("app");
    leave("MariaDbDataSource pooled", source.getPooledConnection().getConnection());
    leave("MariaDbDataSource XA", source.getXAConnection().getConnection());
    String pool = url + (url.indexOf('?') < 0 ? '?' : '&') + "user=app&password=app&maxPoolSize=2";
    try (MariaDbPoolDataSource own = new MariaDbPoolDataSource(pool)) {
      leave("MariaDbPoolDataSource", own.getConnection());
    }
  }

  private static void mysql(String url) throws Exception {
    MysqlDataSource source = new MysqlDataSource();
    source.setUrl(url);
    leave("MysqlDataSource", source.getConnection("app", "app"));
    MysqlConnectionPoolDataSource pooled = new MysqlConnectionPoolDataSource();
    pooled.setUrl(url);
    leave("MysqlConnectionPool", pooled.getPooledConnection("app", "app").getConnection());
    MysqlXADataSource xa = new MysqlXADataSource();
    xa.setUrl(url);
    leave("MysqlXADataSource", xa.getXAConnection("app", "app").getConnection());
  }

  private static void leave(String way, Connection opened) throws SQLException {
    try (Connection connection = opened;
        PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, way);
      statement.executeUpdate();
    }
  }
}
