package legacy.frameworks.spring;

import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** Beans: a transaction manager on the pool, another one on connections that are lazy. */
@Configuration(proxyBeanMethods = false)
@EnableTransactionManagement
public class SpringSetup {
  @Bean
  @Primary
  public PlatformTransactionManager transactionManager(@Qualifier("pool") DataSource pool) {
    return new DataSourceTransactionManager(pool);
  }

  @Bean
  public LazyConnectionDataSourceProxy lazy(@Qualifier("pool") DataSource pool) {
    return new LazyConnectionDataSourceProxy(pool);
  }

  /** Its transactions take a connection at their first statement. */
  @Bean
  public PlatformTransactionManager lazyManager(LazyConnectionDataSourceProxy lazy) {
    return new DataSourceTransactionManager(lazy);
  }

  @Bean
  public JdbcTemplate jdbc(@Qualifier("pool") DataSource pool) {
    return new JdbcTemplate(pool);
  }

  @Bean
  public Accounts accounts(JdbcTemplate jdbc) {
    return new Accounts(jdbc);
  }

  @Bean
  public Transfers transfers(JdbcTemplate jdbc, Accounts accounts) {
    return new Transfers(jdbc, accounts);
  }

  @Bean
  public LazyAccounts lazyAccounts(LazyConnectionDataSourceProxy lazy) {
    return new LazyAccounts(new JdbcTemplate(lazy));
  }
}
