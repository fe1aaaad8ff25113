package legacy.frameworks.spring;

import java.sql.Connection;
import java.util.List;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Accounts by the declared transactions of Spring. */
public class Accounts {
  private final JdbcTemplate jdbc;

  public Accounts(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** In the caller's transaction or, without one, in none. */
  public long balance(long id) {
    Long balance = jdbc.queryForObject("SELECT balance FROM account WHERE id = ?", Long.class, id);
    return balance == null ? -1 : balance;
  }

  public List<String> owners() {
    return jdbc.queryForList("SELECT owner FROM account ORDER BY id", String.class);
  }

  @Transactional
  public void deposit(long id, long amount) {
    jdbc.update("UPDATE account SET balance = balance + ? WHERE id = ?", amount, id);
  }

  /** Stays whatever becomes of the caller's transaction. */
  @Transactional(propagation = Propagation.REQUIRES_NEW)
  public void note(String text) {
    jdbc.update("INSERT INTO note(text) VALUES (?)", text);
  }

  /** Of the caller's transaction, undone alone. */
  @Transactional(propagation = Propagation.NESTED)
  public void nested(long id, long amount, boolean fails) {
    jdbc.update("UPDATE account SET balance = balance + ? WHERE id = ?", amount, id);
    if (fails) {
      throw new IllegalStateException("nested");
    }
  }

  @Transactional(propagation = Propagation.NOT_SUPPORTED)
  public long balanceOutside(long id) {
    return balance(id);
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public long balanceInside(long id) {
    return balance(id);
  }

  /** What a read-only transaction sees. */
  @Transactional(readOnly = true)
  public String report() {
    Long sum = jdbc.queryForObject("SELECT SUM(balance) FROM account", Long.class);
    Integer count = jdbc.queryForObject("SELECT COUNT(*) FROM account", Integer.class);
    return owners() + " " + sum + " " + count;
  }

  /** Fails where the engine minds. */
  @Transactional(readOnly = true)
  public void writesAlthoughReadOnly() {
    jdbc.update("INSERT INTO note(text) VALUES ('although read-only')");
  }

  @Transactional(isolation = Isolation.SERIALIZABLE)
  public String serializable() {
    return isolation() + " " + balance(1);
  }

  @Transactional(isolation = Isolation.READ_COMMITTED)
  public String readCommitted() {
    return isolation() + " " + balance(1);
  }

  @Transactional(isolation = Isolation.REPEATABLE_READ, readOnly = true)
  public String repeatableReadOnly() {
    return isolation() + " " + balance(1) + " " + owners();
  }

  /** The isolation of the connection that would be used now. */
  public Integer isolation() {
    return jdbc.execute((ConnectionCallback<Integer>) Connection::getTransactionIsolation);
  }
}
