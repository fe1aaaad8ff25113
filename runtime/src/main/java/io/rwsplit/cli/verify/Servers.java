package io.rwsplit.cli.verify;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The servers of a group: that each answers, and that one of them is the master. */
abstract class Servers {
  final Findings findings;
  final Databases databases;

  /** True when the configured master need not be the one there is. */
  final boolean mayChange;

  private int masters;
  private int answers;

  Servers(Findings findings, Databases databases) {
    this.findings = findings;
    this.databases = databases;
    this.mayChange = databases.settings().masterMayChange();
  }

  final void check() {
    for (Node node : databases.nodes()) {
      try (Connection connection = databases.open(node, Openings.SECONDS);
          Statement statement = connection.createStatement()) {
        answers++;
        masters += isMaster(node, statement) ? 1 : 0;
      } catch (SQLException e) {
        new Openings(findings, databases).failed(node, e);
      }
    }
    if (mayChange && answers > 0 && masters != 1) {
      findings.fail(
          "roles",
          masters == 0 ? "no server is the master" : masters + " servers are masters",
          "let one of them be the master, and the others " + replicasOfIt());
    }
  }

  /** Looks at all of one server; true when it takes writes and is nobody's replica. */
  abstract boolean isMaster(Node node, Statement statement) throws SQLException;

  /** What the others have to be, as a remedy says it. */
  abstract String replicasOfIt();

  /** The first value of the first row; empty for none. */
  static String ask(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      String value = row.next() ? row.getString(1) : null;
      return value == null ? "" : value;
    }
  }
}
