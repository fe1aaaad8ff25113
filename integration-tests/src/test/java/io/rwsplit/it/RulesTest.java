package io.rwsplit.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import legacy.rules.WhoServes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hints and rules of the configuration, told by the names in the files that serve. */
class RulesTest {
  private static final String ANY = "[replica1.db, replica2.db]";
  private static final String MASTER = "[master.db]";
  private static final String FIRST = "[replica1.db]";
  private static final String SECOND = "[replica2.db]";

  @TempDir Path directory;

  private File make(String name) throws Exception {
    return Databases.make(
        directory.resolve(name).toFile(),
        "PRAGMA journal_mode=WAL",
        "CREATE TABLE plain(name TEXT)",
        "INSERT INTO plain VALUES ('" + name + "')",
        "CREATE TABLE account(name TEXT)",
        "INSERT INTO account VALUES ('" + name + "')",
        "CREATE VIEW of_account AS SELECT name FROM account",
        "CREATE VIEW of_plain AS SELECT name FROM plain",
        "CREATE TABLE ledger(id INTEGER PRIMARY KEY, way TEXT)");
  }

  /** Each question: how it is asked, the query, who must serve. */
  private void ask(String[][] questions, String... properties) throws Exception {
    File master = make("master.db");
    List<Object> arguments = new ArrayList<>();
    arguments.add("jdbc:sqlite:" + master);
    List<String> expected = new ArrayList<>();
    for (String[] question : questions) {
      arguments.add(question[0]);
      arguments.add(question[1]);
      expected.add(question[0] + " " + question[1] + " -> " + question[2]);
    }
    ForkedJvm.Builder builder =
        new ForkedJvm.Builder()
            .split(master, make("replica1.db"), make("replica2.db"))
            .property("rwsplit.replication", "off")
            .property("rwsplit.read-after-write.window", "1h");
    for (int i = 0; i < properties.length; i += 2) {
      builder.property(properties[i], properties[i + 1]);
    }
    try (ForkedJvm app = builder.main(WhoServes.class, arguments.toArray()).start()) {
      assertEquals(0, app.exitCode(120), app::transcript);
      assertEquals(expected, app.out(), app::transcript);
    }
  }

  @Test
  void hintsAdvise() throws Exception {
    ask(
        new String[][] {
          {"auto", "SELECT name FROM plain", ANY},
          {"auto", "/* rwsplit:master */ SELECT name FROM plain", MASTER},
          {"auto", "SELECT /* rwsplit:master */ name FROM plain", MASTER},
          {"prepared", "SELECT name FROM plain -- rwsplit:master", MASTER},
          {"auto", "/*rwsplit:replica*/ SELECT name FROM plain", ANY},
          {"auto", "/* rwsplit:replica=replica2 */ SELECT name FROM plain", SECOND},
          {"prepared", "SELECT name FROM plain /* RWSPLIT:Replica = REPLICA1 */", FIRST},
          {"auto", "/* rwsplit:replica=elsewhere */ SELECT name FROM plain", ANY},
          {"auto", "/* a */ /* rwsplit:replica=replica1 */ SELECT name FROM plain -- b", FIRST},
          {
            "auto",
            "/* rwsplit:replica=replica1 */ SELECT name FROM plain /* rwsplit:master */",
            MASTER
          },
          {"auto", "SELECT name FROM plain WHERE name <> '/* rwsplit:master */'", ANY},
          {"transaction", "/* rwsplit:replica */ SELECT name FROM plain", MASTER},
          {"transaction", "/* rwsplit:replica=replica1 */ SELECT name FROM plain", MASTER},
          {"wrote", "/* rwsplit:replica=replica1 */ SELECT name FROM plain", MASTER},
        });
  }

  @Test
  void strongTablesAreReadOnTheMaster() throws Exception {
    ask(
        new String[][] {
          {"auto", "SELECT name FROM plain", ANY},
          {"auto", "SELECT name FROM account", MASTER},
          {"prepared", "SELECT p.name FROM plain p, main.\"Account\" a", MASTER},
          {"auto", "SELECT name FROM plain WHERE EXISTS (SELECT 1 FROM account)", MASTER},
          {"auto", "WITH a AS (SELECT name FROM account) SELECT name FROM plain", MASTER},
          {"auto", "SELECT name FROM of_account", MASTER},
          {"auto", "SELECT name FROM of_plain", MASTER},
          {"auto", "/* rwsplit:replica */ SELECT name FROM account", MASTER},
          {"auto", "SELECT name /* must be fresh */ FROM plain", MASTER},
          {"billing", "SELECT name FROM plain", MASTER},
        },
        "rwsplit.strong.tables",
        "ACCOUNT",
        "rwsplit.strong.sql",
        "fresh",
        "rwsplit.strong.classes",
        "com.acme.,legacy.rules.WhoServes$Billing");
  }

  @Test
  void eventualReadsDoNotWaitForWrites() throws Exception {
    ask(
        new String[][] {
          {"wrote", "SELECT name FROM of_plain", ANY},
          {"wrote", "SELECT name FROM of_plain /* any */", ANY},
          {"wrote", "SELECT name FROM plain", MASTER},
          {"wrote", "SELECT name /* any */ FROM plain", ANY},
          {"wrote", "SELECT p.name FROM plain p, of_plain o", MASTER},
          {"transaction", "SELECT name FROM of_plain", MASTER},
        },
        "rwsplit.eventual.tables",
        "of_plain",
        "rwsplit.eventual.sql",
        "/\\* any");
  }
}
