package legacy.pools;

import com.mysql.cj.jdbc.MysqlConnectionPoolDataSource;
import com.mysql.cj.jdbc.MysqlDataSource;
import com.mysql.cj.jdbc.MysqlXADataSource;
import java.sql.SQLException;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.mariadb.jdbc.MariaDbPoolDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;
import org.postgresql.xa.PGXADataSource;
import org.sqlite.SQLiteDataSource;
import org.sqlite.javax.SQLiteConnectionPoolDataSource;

/** The data sources that come with the drivers. */
final class DriverSources {
  private DriverSources() {}

  static DataSource plain(Target target) throws SQLException {
    if (target.is("sqlite")) {
      return sqlite(target, new SQLiteDataSource());
    }
    if (target.is("postgresql")) {
      return postgres(target, new PGSimpleDataSource());
    }
    if (target.is("mariadb")) {
      return mariadb(target);
    }
    return target.is("h2") ? h2(target) : mysql(target, new MysqlDataSource());
  }

  static ConnectionPoolDataSource pooled(Target target) throws SQLException {
    if (target.is("sqlite")) {
      return sqlite(target, new SQLiteConnectionPoolDataSource());
    }
    if (target.is("postgresql")) {
      return postgres(target, new PGConnectionPoolDataSource());
    }
    if (target.is("mariadb")) {
      return mariadb(target);
    }
    return target.is("h2") ? h2(target) : mysql(target, new MysqlConnectionPoolDataSource());
  }

  /** Of all but SQLite. */
  static XADataSource distributed(Target target) throws SQLException {
    if (target.is("postgresql")) {
      return postgres(target, new PGXADataSource());
    }
    if (target.is("mariadb")) {
      return mariadb(target);
    }
    return target.is("h2") ? h2(target) : mysql(target, new MysqlXADataSource());
  }

  /** MariaDB's data source with a pool of its own. */
  static Source mariadbPool(Target target) throws SQLException {
    MariaDbPoolDataSource pool =
        new MariaDbPoolDataSource(target.url + "&maxPoolSize=" + Target.CONNECTIONS);
    pool.setUser(target.user);
    pool.setPassword(target.password);
    return Sources.of(pool, pool::close);
  }

  /** pgjdbc's data source with a pool of its own, which it calls deprecated. */
  @SuppressWarnings("deprecation")
  static Source postgresPool(Target target) throws SQLException {
    org.postgresql.ds.PGPoolingDataSource pool =
        postgres(target, new org.postgresql.ds.PGPoolingDataSource());
    pool.setDataSourceName("pool");
    pool.setMaxConnections(Target.CONNECTIONS);
    return Sources.of(pool, pool::close);
  }

  private static <T extends SQLiteDataSource> T sqlite(Target target, T source) {
    source.setUrl(target.url);
    return source;
  }

  private static <T extends BaseDataSource> T postgres(Target target, T source) {
    source.setUrl(target.url);
    source.setUser(target.user);
    source.setPassword(target.password);
    return source;
  }

  private static MariaDbDataSource mariadb(Target target) throws SQLException {
    MariaDbDataSource source = new MariaDbDataSource(target.url);
    source.setUser(target.user);
    source.setPassword(target.password);
    return source;
  }

  private static <T extends MysqlDataSource> T mysql(Target target, T source) {
    source.setUrl(target.url);
    source.setUser(target.user);
    source.setPassword(target.password);
    return source;
  }

  private static JdbcDataSource h2(Target target) {
    JdbcDataSource source = new JdbcDataSource();
    source.setURL(target.url);
    source.setUser(target.user);
    source.setPassword(target.password);
    return source;
  }
}
