package legacy.frameworks.spring;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import legacy.frameworks.Access;
import legacy.frameworks.Page;
import legacy.frameworks.Phase;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's templates and declared transactions. */
public final class SpringPart {
  private static final int ROUND = 60;

  private final Access access;
  private final DataSource pool;

  public SpringPart(Access access, DataSource pool) {
    this.access = access;
    this.pool = pool;
  }

  /** Runs it. */
  public void run() throws Exception {
    try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
      // Whoever made it closes it.
      context.getBeanFactory().registerSingleton("pool", pool);
      context.register(SpringSetup.class);
      context.refresh();
      run(context);
    }
  }

  private void run(AnnotationConfigApplicationContext context) throws Exception {
    JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
    jdbc.execute(
        "CREATE TABLE account("
            + access.identity("id")
            + ", owner VARCHAR(40) NOT NULL UNIQUE, balance BIGINT NOT NULL)");
    jdbc.execute("CREATE TABLE note(" + access.identity("id") + ", text VARCHAR(200))");
    inserts(jdbc);
    queries(jdbc);
    failures(jdbc);
    Accounts accounts = context.getBean(Accounts.class);
    transactions(accounts, context.getBean(Transfers.class));
    readOnly(accounts);
    isolation(accounts);
    lazy(context.getBean(LazyAccounts.class));
    template(jdbc, context.getBean("transactionManager", PlatformTransactionManager.class));
    plainReads(accounts, jdbc);
  }

  private void inserts(JdbcTemplate jdbc) {
    SimpleJdbcInsert insert =
        new SimpleJdbcInsert(jdbc).withTableName("account").usingGeneratedKeyColumns("id");
    Page.say(
        "key", insert.executeAndReturnKey(Map.of("owner", "ann", "balance", 100L)).longValue());
    Page.say(
        "key", insert.executeAndReturnKey(Map.of("owner", "bob", "balance", 200L)).longValue());
    GeneratedKeyHolder keys = new GeneratedKeyHolder();
    Page.say(
        "rows",
        jdbc.update(
            connection -> {
              var statement =
                  connection.prepareStatement(
                      "INSERT INTO account(owner, balance) VALUES (?, ?)", new String[] {"id"});
              statement.setString(1, "cid");
              statement.setLong(2, 300);
              return statement;
            },
            keys));
    Page.say("key", keys.getKey());
    Page.say(
        "batch",
        sum(
            jdbc.batchUpdate(
                "INSERT INTO account(owner, balance) VALUES (?, ?)",
                List.of(new Object[] {"dan", 400L}, new Object[] {"eve", 500L}))));
    NamedParameterJdbcTemplate named = new NamedParameterJdbcTemplate(jdbc);
    SqlParameterSource[] rows = {
      new MapSqlParameterSource("o", "fay").addValue("b", 600L),
      new MapSqlParameterSource("o", "gus").addValue("b", 700L)
    };
    Page.say(
        "named batch",
        sum(named.batchUpdate("INSERT INTO account(owner, balance) VALUES (:o, :b)", rows)));
    Page.say("all", jdbc.queryForObject("SELECT COUNT(*) FROM account", Integer.class));
  }

  /** What drivers tell of batches differs, but not with the agent: rows, or -2 for success. */
  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }

  private void queries(JdbcTemplate jdbc) {
    Page.say("maps", jdbc.queryForList("SELECT owner, balance FROM account ORDER BY id"));
    Page.say("map", jdbc.queryForMap("SELECT * FROM account WHERE owner = ?", "ann"));
    NamedParameterJdbcTemplate named = new NamedParameterJdbcTemplate(jdbc);
    Page.say(
        "in",
        named.queryForList(
            "SELECT owner FROM account WHERE balance IN (:b) ORDER BY owner",
            Map.of("b", List.of(100L, 300L, 500L)),
            String.class));
    jdbc.setFetchSize(2);
    try (Stream<String> owners =
        jdbc.queryForStream(
            "SELECT owner FROM account ORDER BY id", (row, i) -> row.getString(1))) {
      Page.say("stream", owners.toList());
    }
    try (Stream<String> owners =
        jdbc.queryForStream(
            "SELECT owner FROM account ORDER BY id", (row, i) -> row.getString(1))) {
      Page.say("left early", owners.findFirst());
    }
    jdbc.setMaxRows(3);
    Page.say("limited", jdbc.queryForList("SELECT owner FROM account ORDER BY id", String.class));
    jdbc.setMaxRows(-1);
    jdbc.setFetchSize(-1);
    Page.say(
        "row set",
        jdbc.queryForRowSet("SELECT id, owner FROM account").getMetaData().getColumnCount());
    Page.say(
        "callback",
        jdbc.execute(
            "SELECT owner FROM account WHERE id = ?",
            (PreparedStatementCallback<String>)
                statement -> {
                  StringBuilder names = new StringBuilder();
                  for (long id = 1; id <= 3; id++) {
                    statement.setLong(1, id);
                    boolean result = statement.execute();
                    try (var rows = statement.getResultSet()) {
                      names.append(result).append(rows.next()).append(rows.getString(1));
                    }
                  }
                  return names + " " + statement.getMoreResults() + statement.getUpdateCount();
                }));
    JdbcClient client = JdbcClient.create(jdbc);
    Page.say(
        "client",
        client
            .sql("SELECT owner FROM account WHERE balance > :b ORDER BY id")
            .param("b", 450L)
            .query(String.class)
            .list());
    Page.say("client key", client.sql("INSERT INTO note(text) VALUES (?)").param("first").update());
    Page.say("own row", client.sql("SELECT text FROM note").query(String.class).single());
  }

  private void failures(JdbcTemplate jdbc) {
    Page.fails(
        "duplicate", () -> jdbc.update("INSERT INTO account(owner, balance) VALUES ('ann', 1)"));
    Page.fails("grammar", () -> jdbc.queryForList("SELECT nothing FROM nowhere"));
    Page.fails(
        "empty",
        () -> jdbc.queryForObject("SELECT id FROM account WHERE owner = 'nobody'", Long.class));
    Page.fails(
        "null", () -> jdbc.update("INSERT INTO account(owner, balance) VALUES ('zoe', NULL)"));
    Page.say("still", jdbc.queryForObject("SELECT COUNT(*) FROM account", Integer.class));
  }

  private void transactions(Accounts accounts, Transfers transfers) throws Exception {
    Phase.transaction("transfer", () -> transfers.transfer(1, 2, 30));
    Page.say("after it", accounts.balance(1) + " " + accounts.balance(2));
    Phase.transaction("failing", () -> Page.fails("failing", () -> transfers.failing(1)));
    Phase.transaction("checked", () -> Page.fails("checked", () -> transfers.failingChecked(1)));
    Phase.transaction(
        "rollbackFor", () -> Page.fails("rollbackFor", () -> transfers.failingRollbackFor(1)));
    Page.say("after them", accounts.balance(1));
    Page.fails("new", () -> transfers.withNote(1, !access.isSqlite()));
    Page.say("after new", accounts.balance(1));
    Phase.transaction("nested", () -> Page.fails("nested", () -> transfers.withNested(2)));
    Page.say("after nested", accounts.balance(2));
    transfers.withSynchronisation(3);
    Page.say("after synchronisation", accounts.balance(3));
    Phase.transaction("timeout", () -> Page.say("timeout", transfers.withTimeout(3)));
    Page.fails("mandatory", () -> accounts.balanceInside(1));
  }

  private void readOnly(Accounts accounts) throws Exception {
    Page.say("own writes", accounts.report());
    if (access.isSqlite()) {
      // Its driver refuses setReadOnly on an open connection, which Spring ignores.
      Phase.transaction("report", accounts::report);
    } else {
      Phase.readOnly("report", accounts::report);
    }
    Page.fails("read-only", accounts::writesAlthoughReadOnly);
    Page.say("after it", accounts.owners());
    accounts.deposit(1, 1);
    Page.say("and a write", accounts.balance(1));
  }

  private void isolation(Accounts accounts) throws Exception {
    Page.say("usual isolation", accounts.isolation());
    Phase.transaction("serializable", () -> Page.say("serializable", accounts.serializable()));
    Page.fails("read committed", () -> Page.say("read committed", accounts.readCommitted()));
    Page.fails("repeatable read", () -> Page.say("repeatable read", accounts.repeatableReadOnly()));
    Page.say("isolation after", accounts.isolation());
  }

  private void lazy(LazyAccounts lazy) throws Exception {
    Phase.transaction("lazy", () -> Page.say("lazy", lazy.withdraw(1, 7)));
    Page.say("lazy read-only", lazy.report());
    if (!access.isSqlite()) {
      Phase.readOnly("lazy report", lazy::report);
    }
    Page.say("lazy idle", lazy.idle());
    Page.say("lazy again", lazy.withdraw(1, 1));
  }

  private void template(JdbcTemplate jdbc, PlatformTransactionManager manager) {
    TransactionTemplate template = new TransactionTemplate(manager);
    Page.say(
        "savepoints",
        template.execute(
            status -> {
              jdbc.update("UPDATE account SET balance = 1 WHERE id = 7");
              Object savepoint = status.createSavepoint();
              jdbc.update("UPDATE account SET balance = 2 WHERE id = 7");
              status.rollbackToSavepoint(savepoint);
              status.releaseSavepoint(savepoint);
              return jdbc.queryForObject("SELECT balance FROM account WHERE id = 7", Long.class);
            }));
    template.executeWithoutResult(
        status -> {
          jdbc.update("UPDATE account SET balance = 3 WHERE id = 7");
          status.setRollbackOnly();
        });
    Page.say(
        "rolled back", jdbc.queryForObject("SELECT balance FROM account WHERE id = 7", Long.class));
  }

  private void plainReads(Accounts accounts, JdbcTemplate jdbc) throws Exception {
    JdbcClient client = JdbcClient.create(jdbc);
    Phase.reads(
        "spring",
        () -> {
          for (int i = 0; i < ROUND; i += 3) {
            accounts.owners();
            accounts.balance(1 + i / 3 % 2);
            client
                .sql("SELECT owner FROM account WHERE balance > :b")
                .param("b", 1)
                .query()
                .listOfRows();
          }
        });
  }
}
