package legacy.frameworks.hibernate;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import legacy.frameworks.Access;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;

/** Session factories that differ in where connections come from and when they are released. */
final class Factories {
  private static final String[] SQLITE_DIALECTS = {
    "org.hibernate.community.dialect.SQLiteDialect", "org.sqlite.hibernate.dialect.SQLiteDialect"
  };

  private final Access access;

  Factories(Access access) {
    this.access = access;
  }

  /** {@code schema}: what to do with it at start. */
  private Configuration configuration(String schema, String handling) {
    Configuration configuration = new Configuration();
    configuration.addAnnotatedClass(Customer.class);
    configuration.addAnnotatedClass(Purchase.class);
    configuration.setProperty("hibernate.hbm2ddl.auto", schema);
    configuration.setProperty("hibernate.connection.handling_mode", handling);
    configuration.setProperty("hibernate.jdbc.batch_size", "10");
    configuration.setProperty("hibernate.order_inserts", "true");
    configuration.setProperty("hibernate.order_updates", "true");
    if (access.isSqlite()) {
      configuration.setProperty("hibernate.dialect", sqliteDialect());
    }
    return configuration;
  }

  private static String sqliteDialect() {
    for (String name : SQLITE_DIALECTS) {
      if (Factories.class.getResource("/" + name.replace('.', '/') + ".class") != null) {
        return name;
      }
    }
    throw new IllegalStateException("no dialect");
  }

  /** On the application's pool. */
  SessionFactory pooled(DataSource pool, String schema, String handling) {
    Configuration configuration = configuration(schema, handling);
    configuration.getProperties().put("hibernate.connection.datasource", pool);
    return configuration.buildSessionFactory();
  }

  /** On a pool whose connections never are in autocommit mode, as Hibernate is told. */
  SessionFactory withoutAutocommit(DataSource pool) {
    Configuration configuration =
        configuration("none", "DELAYED_ACQUISITION_AND_RELEASE_AFTER_TRANSACTION");
    configuration.setProperty("hibernate.connection.provider_disables_autocommit", "true");
    configuration.getProperties().put("hibernate.connection.datasource", pool);
    return configuration.buildSessionFactory();
  }

  /** On Hibernate's own pool. */
  SessionFactory own(String schema, String handling) {
    Configuration configuration = configuration(schema, handling);
    configuration.setProperty("hibernate.connection.url", access.url());
    if (access.user() != null) {
      configuration.setProperty("hibernate.connection.username", access.user());
      configuration.setProperty("hibernate.connection.password", access.password());
    }
    configuration.setProperty("hibernate.connection.pool_size", "3");
    return configuration.buildSessionFactory();
  }

  /** A pool without autocommit. */
  HikariDataSource poolWithoutAutocommit() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(access.url());
    config.setUsername(access.user());
    config.setPassword(access.password());
    config.setAutoCommit(false);
    config.setMinimumIdle(1);
    config.setMaximumPoolSize(3);
    return new HikariDataSource(config);
  }
}
