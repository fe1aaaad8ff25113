package legacy.frameworks.spring;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;

/** Transactions on connections that are taken at the first statement. */
public class LazyAccounts {
  private final JdbcTemplate jdbc;

  public LazyAccounts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Transactional("lazyManager")
  public String withdraw(long id, long amount) {
    jdbc.update("UPDATE account SET balance = balance - ? WHERE id = ?", amount, id);
    return "left "
        + jdbc.queryForObject("SELECT balance FROM account WHERE id = ?", Long.class, id);
  }

  @Transactional(value = "lazyManager", readOnly = true)
  public String report() {
    return jdbc.queryForList("SELECT balance FROM account ORDER BY id", Long.class)
        + " "
        + jdbc.queryForObject("SELECT COUNT(*) FROM account", Integer.class);
  }

  /** Needs no connection at all. */
  @Transactional("lazyManager")
  public String idle() {
    return "idle";
  }
}
