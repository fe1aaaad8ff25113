package legacy.frameworks.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import javax.sql.DataSource;
import legacy.frameworks.Access;
import legacy.frameworks.Page;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.UpdateSummaryEnum;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;

/** Liquibase at start: first, again, with a further file, a rollback, and a failure. */
public final class LiquibasePart {
  /** Of a Liquibase on a connection of its own. */
  @FunctionalInterface
  private interface Step {
    void run(Liquibase liquibase) throws Exception;
  }

  private final Access access;
  private final DataSource pool;

  public LiquibasePart(Access access, DataSource pool) {
    this.access = access;
    this.pool = pool;
  }

  /** Runs it. */
  public void run() throws Exception {
    on(pool.getConnection(), "first.xml", l -> say("pending", l));
    on(pool.getConnection(), "first.xml", l -> l.update(new Contexts()));
    read("after first");
    on(access.connect(), "first.xml", l -> l.update(new Contexts()));
    on(access.connect(), "second.xml", l -> say("pending", l));
    on(access.connect(), "second.xml", l -> l.update(new Contexts(), new LabelExpression()));
    read("after second");
    on(pool.getConnection(), "second.xml", Liquibase::validate);
    on(pool.getConnection(), "second.xml", l -> Page.say("locks", l.listLocks().length));
    on(access.connect(), "second.xml", l -> l.rollback(1, ""));
    read("after rollback");
    on(access.connect(), "second.xml", l -> l.update(new Contexts()));
    Page.fails("broken", () -> on(access.connect(), "broken.xml", l -> l.update(new Contexts())));
    on(access.connect(), "second.xml", l -> say("pending", l));
    read("at the end");
  }

  private static void say(String what, Liquibase liquibase) throws Exception {
    Page.say(what, liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).size());
  }

  private static void on(Connection connection, String file, Step step) throws Exception {
    try (Connection closed = connection) {
      Database database =
          DatabaseFactory.getInstance()
              .findCorrectDatabaseImplementation(new JdbcConnection(closed));
      Liquibase liquibase =
          new Liquibase("liquibase/" + file, new ClassLoaderResourceAccessor(), database);
      liquibase.setShowSummary(UpdateSummaryEnum.OFF);
      step.run(liquibase);
    }
  }

  private void read(String when) throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT name FROM changed ORDER BY id")) {
      StringBuilder names = new StringBuilder();
      while (rows.next()) {
        names.append(rows.getString(1)).append(' ');
      }
      Page.say(when, names);
    }
  }
}
