package legacy.frameworks.spring;

import java.io.IOException;
import legacy.frameworks.Page;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Transactions over several calls. */
public class Transfers {
  private final JdbcTemplate jdbc;
  private final Accounts accounts;

  public Transfers(JdbcTemplate jdbc, Accounts accounts) {
    this.jdbc = jdbc;
    this.accounts = accounts;
  }

  @Transactional
  public void transfer(long from, long to, long amount) {
    accounts.deposit(from, -amount);
    Page.say("own write seen", accounts.balanceInside(from));
    accounts.deposit(to, amount);
  }

  @Transactional
  public void failing(long id) {
    accounts.deposit(id, 1000);
    Page.say("before the failure", accounts.balance(id));
    throw new IllegalArgumentException("rolled back");
  }

  /** A checked exception commits. */
  @Transactional
  public void failingChecked(long id) throws IOException {
    accounts.deposit(id, 1);
    throw new IOException("committed");
  }

  @Transactional(rollbackFor = IOException.class)
  public void failingRollbackFor(long id) throws IOException {
    accounts.deposit(id, 1000);
    throw new IOException("rolled back");
  }

  /** The note stays, the deposit does not. */
  @Transactional
  public void withNote(long id, boolean writesFirst) {
    if (writesFirst) {
      accounts.deposit(id, 1000);
    }
    Page.say("before the note", accounts.balance(id));
    accounts.note("of " + id);
    Page.say("notes", jdbc.queryForList("SELECT text FROM note ORDER BY id", String.class));
    if (writesFirst) {
      Page.say("outside", accounts.balanceOutside(id));
    }
    throw new IllegalStateException("after the note");
  }

  @Transactional
  public void withNested(long id) {
    accounts.deposit(id, 1);
    accounts.nested(id, 10, false);
    try {
      accounts.nested(id, 100, true);
    } catch (IllegalStateException e) {
      Page.say("undone", e.getMessage());
    }
    Page.say("nested", accounts.balance(id));
  }

  /** Reads before and after its commit. */
  @Transactional
  public void withSynchronisation(long id) {
    accounts.deposit(id, 5);
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void beforeCommit(boolean readOnly) {
            Page.say("before commit", accounts.balance(id));
          }

          @Override
          public void afterCommit() {
            Page.say("after commit", accounts.balance(id));
          }

          @Override
          public void afterCompletion(int status) {
            Page.say("completed " + status, accounts.balance(id));
          }
        });
  }

  @Transactional(timeout = 30)
  public long withTimeout(long id) {
    return accounts.balance(id);
  }
}
