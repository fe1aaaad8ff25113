package legacy.frameworks.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import legacy.frameworks.Access;
import legacy.frameworks.Page;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;

/** Flyway at start: first, again, with a further version, and with one that fails. */
public final class FlywayPart {
  private final Access access;
  private final DataSource pool;

  public FlywayPart(Access access, DataSource pool) {
    this.access = access;
    this.pool = pool;
  }

  /** Runs it. */
  public void run() throws Exception {
    Page.say("pending", states(onPool("1")));
    migrate("first", onPool("1"));
    read("after first");
    migrate("again", onPool("1"));
    onPool("1").validate();
    migrate("further", onUrl());
    read("after further");
    Page.fails(
        "broken", () -> migrate("broken", with("classpath:flyway", "classpath:flyway-broken")));
    Flyway broken = with("classpath:flyway", "classpath:flyway-broken");
    Page.say("broken", states(broken));
    Page.say("repaired", onUrl().repair().repairActions);
    migrate("after repair", onUrl());
    Page.say("states", states(onUrl()));
    Page.fails("changed", () -> with("classpath:flyway-changed").validate());
    read("at the end");
  }

  private static void migrate(String what, Flyway flyway) {
    MigrateResult result = flyway.migrate();
    Page.say(
        what,
        result.migrationsExecuted
            + " "
            + result.initialSchemaVersion
            + " to "
            + result.targetSchemaVersion
            + " "
            + result.success);
  }

  private static String states(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .map((MigrationInfo info) -> info.getDescription() + " " + info.getState())
        .collect(Collectors.toList())
        .toString();
  }

  private Flyway onPool(String target) {
    return configured("classpath:flyway").dataSource(pool).target(target).load();
  }

  private Flyway onUrl() {
    return with("classpath:flyway");
  }

  private Flyway with(String... locations) {
    return configured(locations).dataSource(access.url(), access.user(), access.password()).load();
  }

  private static FluentConfiguration configured(String... locations) {
    return Flyway.configure()
        .locations(locations)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .loggers("slf4j");
  }

  private void read(String when) throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT name FROM migrated ORDER BY id")) {
        StringBuilder names = new StringBuilder();
        while (rows.next()) {
          names.append(rows.getString(1)).append(' ');
        }
        Page.say(when, names);
      }
      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM migrated_names")) {
        Page.say("view", rows.next() + " " + rows.getInt(1));
      } catch (java.sql.SQLException e) {
        Page.say("view", "none");
      }
    }
  }
}
