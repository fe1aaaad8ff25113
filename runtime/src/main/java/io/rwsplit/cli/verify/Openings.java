package io.rwsplit.cli.verify;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import io.rwsplit.cli.direct.SqliteHeader;
import io.rwsplit.engine.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Whether the databases can be opened and read, and what to do when not. Used by one thread. */
final class Openings {
  static final int SECONDS = 20;

  private final Findings findings;
  private final Databases databases;

  Openings(Findings findings, Databases databases) {
    this.findings = findings;
    this.databases = databases;
  }

  /** Of engines that are asked for nothing else. */
  void check() {
    for (Node node : databases.nodes()) {
      boolean sqlite = databases.engine() == Engine.SQLITE;
      if (sqlite && !SqliteHeader.isDatabase(node.url().file())) {
        // Said already, or yet to be made.
        continue;
      }
      try (Connection connection = databases.openUntouched(node, SECONDS);
          Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  sqlite
                      ? "SELECT sqlite_version(), count(*) FROM sqlite_master"
                      : "SELECT H2VERSION(), count(*) FROM information_schema.tables")) {
        boolean any = row.next();
        findings.ok(
            node.name(), any ? "can be read, by version " + row.getString(1) : "can be read");
      } catch (SQLException e) {
        failed(node, e);
      }
    }
  }

  /** A connection, or what was said when there was none. */
  void failed(Node node, SQLException e) {
    String remedy = new OpeningRemedy(databases.engine(), e).text();
    findings.fail(
        node.name(),
        node.url().withoutSecrets() + " cannot be opened: " + databases.message(e),
        remedy);
  }
}
