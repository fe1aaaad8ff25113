package legacy.proof;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.File;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import javax.sql.PooledConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.javax.SQLiteConnectionPoolDataSource;

/** Ways in which applications open a SQLite file of the working directory. */
final class Ways {
  /** Opens a connection. */
  interface Way {
    Connection open() throws Exception;
  }

  private Ways() {}

  /** By name; {@code file} is relative to the working directory. */
  static Map<String, Way> to(String file) {
    String prefix = "jdbc:sqlite:";
    String absolute = new File(file).getAbsolutePath();
    Map<String, Way> ways = new LinkedHashMap<>();
    ways.put("DriverManager", () -> DriverManager.getConnection(prefix + absolute));
    ways.put(
        "DriverManager with properties",
        () -> {
          Properties properties = new Properties();
          properties.setProperty("cache_size", "100");
          return DriverManager.getConnection(prefix + absolute, properties);
        });
    ways.put("Driver.connect", () -> driver().connect(prefix + absolute, new Properties()));
    ways.put(
        "new Driver", () -> new org.sqlite.JDBC().connect(prefix + absolute, new Properties()));
    ways.put("SQLiteDataSource", () -> dataSource(prefix + absolute).getConnection());
    ways.put("PooledConnection", () -> pooled(prefix + absolute).getConnection());
    ways.put("HikariCP by URL", () -> hikari(prefix + absolute, null));
    ways.put("HikariCP by data source", () -> hikari(null, dataSource(prefix + absolute)));
    ways.put("relative", () -> DriverManager.getConnection(prefix + file));
    ways.put("dot slash", () -> DriverManager.getConnection(prefix + "./" + file));
    ways.put("dot dot", () -> DriverManager.getConnection(prefix + "sub/../" + file));
    ways.put("symbolic link", () -> DriverManager.getConnection(prefix + "link.db"));
    ways.put("file URI", () -> DriverManager.getConnection(prefix + "file:" + absolute));
    ways.put("URL parameters", () -> DriverManager.getConnection(prefix + file + "?cache_size=90"));
    return ways;
  }

  private static Driver driver() throws SQLException {
    return DriverManager.getDriver("jdbc:sqlite:any");
  }

  private static SQLiteDataSource dataSource(String url) {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(url);
    return source;
  }

  private static PooledConnection pooled(String url) throws SQLException {
    SQLiteConnectionPoolDataSource source = new SQLiteConnectionPoolDataSource();
    source.setUrl(url);
    return source.getPooledConnection();
  }

  /** The pool lives as long as the program. */
  private static Connection hikari(String url, SQLiteDataSource source) throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setMaximumPoolSize(2);
    config.setJdbcUrl(url);
    config.setDataSource(source);
    return new HikariDataSource(config).getConnection();
  }
}
