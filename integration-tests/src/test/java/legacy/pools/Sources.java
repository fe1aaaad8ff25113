package legacy.pools;

import com.alibaba.druid.pool.DruidDataSource;
import com.jolbox.bonecp.BoneCPConfig;
import com.jolbox.bonecp.BoneCPDataSource;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/** The pools and data sources by name, each with its statement cache on if it has one. */
final class Sources {
  private static final int STATEMENTS = 50;

  /** What ends a data source. */
  interface Ending {
    void end() throws Exception;
  }

  private Sources() {}

  static Source open(String name, Target target) throws Exception {
    switch (name) {
      case "manager":
        return manager(target);
      case "hikari":
        return hikari(target);
      case "dbcp":
        return dbcp(target);
      case "tomcat":
        return tomcat(target, "");
      case "tomcatcached":
        return tomcat(target, ";StatementCache(prepared=true,callable=true,max=50)");
      case "c3p0":
        return c3p0(target);
      case "druid":
        return druid(target);
      case "agroal":
        return agroal(target);
      case "bonecp":
        return bonecp(target);
      case "plain":
        return of(DriverSources.plain(target), () -> {});
      case "pooled":
        ConnectionPoolDataSource pooled = DriverSources.pooled(target);
        return new KeptPool(pooled::getPooledConnection);
      case "xa":
        XADataSource distributed = DriverSources.distributed(target);
        return new KeptPool(distributed::getXAConnection);
      case "pool":
        return target.is("mariadb")
            ? DriverSources.mariadbPool(target)
            : DriverSources.postgresPool(target);
      default:
        throw new IllegalArgumentException(name);
    }
  }

  static Source of(DataSource source, Ending ending) {
    return new Source() {
      @Override
      public Connection borrow() throws SQLException {
        return source.getConnection();
      }

      @Override
      public void close() throws Exception {
        ending.end();
      }
    };
  }

  private static Source manager(Target target) {
    return new Source() {
      @Override
      public Connection borrow() throws SQLException {
        return DriverManager.getConnection(target.url, target.user, target.password);
      }

      @Override
      public void close() {}
    };
  }

  private static Source hikari(Target target) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(target.url);
    config.setUsername(target.user);
    config.setPassword(target.password);
    config.setMaximumPoolSize(Target.CONNECTIONS);
    HikariDataSource pool = new HikariDataSource(config);
    return of(pool, pool::close);
  }

  private static Source dbcp(Target target) {
    BasicDataSource pool = new BasicDataSource();
    pool.setUrl(target.url);
    pool.setUsername(target.user);
    pool.setPassword(target.password);
    pool.setMaxTotal(Target.CONNECTIONS);
    pool.setPoolPreparedStatements(true);
    pool.setMaxOpenPreparedStatements(STATEMENTS);
    pool.setAccessToUnderlyingConnectionAllowed(true);
    return of(pool, pool::close);
  }

  private static Source tomcat(Target target, String interceptors) {
    PoolProperties config = new PoolProperties();
    config.setUrl(target.url);
    config.setUsername(target.user);
    config.setPassword(target.password);
    config.setMaxActive(Target.CONNECTIONS);
    config.setInitialSize(1);
    config.setDefaultAutoCommit(true);
    config.setRollbackOnReturn(true);
    config.setJdbcInterceptors("ConnectionState" + interceptors);
    org.apache.tomcat.jdbc.pool.DataSource pool =
        new org.apache.tomcat.jdbc.pool.DataSource(config);
    return of(pool, pool::close);
  }

  private static Source c3p0(Target target) {
    ComboPooledDataSource pool = new ComboPooledDataSource();
    pool.setJdbcUrl(target.url);
    pool.setUser(target.user);
    pool.setPassword(target.password);
    pool.setInitialPoolSize(1);
    pool.setMinPoolSize(1);
    pool.setMaxPoolSize(Target.CONNECTIONS);
    pool.setNumHelperThreads(1);
    pool.setMaxStatements(STATEMENTS);
    return of(pool, pool::close);
  }

  private static Source druid(Target target) throws SQLException {
    DruidDataSource pool = new DruidDataSource();
    pool.setUrl(target.url);
    pool.setUsername(target.user);
    pool.setPassword(target.password);
    pool.setMaxActive(Target.CONNECTIONS);
    pool.setPoolPreparedStatements(true);
    pool.setMaxPoolPreparedStatementPerConnectionSize(STATEMENTS);
    pool.setFilters("stat");
    return of(pool, pool::close);
  }

  private static Source agroal(Target target) throws SQLException {
    AgroalDataSource pool =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    config ->
                        config
                            .maxSize(Target.CONNECTIONS)
                            .acquisitionTimeout(Duration.ofMinutes(2))
                            .connectionFactoryConfiguration(
                                factory ->
                                    factory
                                        .jdbcUrl(target.url)
                                        .principal(new NamePrincipal(target.user))
                                        .credential(new SimplePassword(target.password)))));
    return of(pool, pool::close);
  }

  private static Source bonecp(Target target) {
    BoneCPConfig config = new BoneCPConfig();
    config.setJdbcUrl(target.url);
    config.setUsername(target.user);
    config.setPassword(target.password);
    config.setPartitionCount(1);
    config.setMinConnectionsPerPartition(1);
    config.setMaxConnectionsPerPartition(Target.CONNECTIONS);
    config.setDefaultAutoCommit(true);
    config.setStatementsCacheSize(STATEMENTS);
    BoneCPDataSource pool = new BoneCPDataSource(config);
    return of(pool, pool::close);
  }
}
