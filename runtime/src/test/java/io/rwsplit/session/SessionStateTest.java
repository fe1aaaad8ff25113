package io.rwsplit.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.engine.Engine;
import io.rwsplit.route.RouteReason;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sequences of statements leave behind: one row is one session on SQLite. */
class SessionStateTest {
  private static final SqlClassifier CLASSIFIER = new SqlClassifier(Engine.SQLITE);

  private static Classification classify(String sql) {
    Classification what = CLASSIFIER.classify(sql);
    while (what.reason() == Reason.CLASSIFYING) {
      what = CLASSIFIER.classify(sql);
    }
    return what;
  }

  /** Statements separated by {@code ->}; one that begins with {@code !} fails. */
  private static boolean run(SessionState session, String statements) {
    boolean visible = false;
    for (String statement : statements.split("->", -1)) {
      String sql = statement.trim();
      boolean fails = sql.startsWith("!");
      Classification what = classify(fails ? sql.substring(1) : sql);
      visible = session.executed(what, SessionState.Extent.UNCERTAIN, !fails);
    }
    return visible;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "free",
      value = {
        "SELECT a FROM t                                          | free",
        "INSERT INTO t VALUES (1)                                 | free",
        "BEGIN                                                    | IN_TRANSACTION",
        "begin immediate transaction                              | IN_TRANSACTION",
        "!BEGIN                                                   | free",
        "BEGIN -> INSERT INTO t VALUES (1)                        | IN_TRANSACTION",
        "BEGIN -> SELECT a FROM t                                 | IN_TRANSACTION",
        "BEGIN -> COMMIT                                          | free",
        "BEGIN -> END TRANSACTION                                 | free",
        "BEGIN -> !COMMIT                                         | IN_TRANSACTION",
        "BEGIN -> !COMMIT -> ROLLBACK                             | free",
        "BEGIN -> ROLLBACK                                        | free",
        "BEGIN -> SAVEPOINT a -> ROLLBACK TO a                    | IN_TRANSACTION",
        "BEGIN -> SAVEPOINT a -> RELEASE a                        | IN_TRANSACTION",
        "BEGIN -> SAVEPOINT a -> COMMIT                           | free",
        "SAVEPOINT a                                              | IN_TRANSACTION",
        "SAVEPOINT a -> RELEASE a                                 | free",
        "SAVEPOINT a -> SAVEPOINT b -> RELEASE b                  | IN_TRANSACTION",
        "SAVEPOINT a -> SAVEPOINT b -> RELEASE a                  | free",
        "SAVEPOINT a -> SAVEPOINT A -> RELEASE a                  | IN_TRANSACTION",
        "SAVEPOINT a -> ROLLBACK TO a                             | IN_TRANSACTION",
        "SAVEPOINT a -> ROLLBACK                                  | free",
        "CREATE TEMP TABLE x (a)                                  | PINNED",
        "CREATE TEMP TABLE x (a) -> DROP TABLE x                  | free",
        "CREATE TEMP TABLE x (a) -> BEGIN -> DROP TABLE x -> ROLLBACK | PINNED",
        "!CREATE TEMP TABLE x (a)                                 | PINNED",
        "ATTACH 'other.db' AS o                                   | PINNED",
        "PRAGMA case_sensitive_like=ON                            | PINNED",
        "PRAGMA writable_schema=ON                                | PINNED",
        "PRAGMA busy_timeout=100                                  | free",
        "PRAGMA foreign_keys=ON                                   | free",
      })
  void leaves(String statements, RouteReason expected) {
    SessionState session = new SessionState(Engine.SQLITE, true, false, false);
    run(session, statements);
    assertEquals(expected, session.masterReason(), statements);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "INSERT INTO t VALUES (1)                               | true",
        "!INSERT INTO t VALUES (1)                              | true",
        "SELECT a FROM t                                        | false",
        "SELECT last_insert_rowid()                             | false",
        "BEGIN -> INSERT INTO t VALUES (1)                      | false",
        "BEGIN -> INSERT INTO t VALUES (1) -> COMMIT            | true",
        "BEGIN -> INSERT INTO t VALUES (1) -> !COMMIT           | true",
        "BEGIN -> INSERT INTO t VALUES (1) -> ROLLBACK          | false",
        "BEGIN -> SELECT a FROM t -> COMMIT                     | false",
        "SAVEPOINT a -> DELETE FROM t -> RELEASE a              | true",
        "SAVEPOINT a -> SAVEPOINT b -> DELETE FROM t -> RELEASE b | false",
        "VACUUM                                                 | true",
        "CREATE TABLE n (a)                                     | true",
      })
  void makesWritesVisible(String statements, boolean expected) {
    assertEquals(
        expected, run(new SessionState(Engine.SQLITE, true, false, false), statements), statements);
  }

  @Test
  void jdbcTransactionsHoldTheMasterUntilAutocommitReturns() {
    SessionState session = new SessionState(Engine.SQLITE, true, false, false);
    assertFalse(session.autoCommitSet(false));
    assertEquals(RouteReason.IN_TRANSACTION, session.masterReason());
    run(session, "INSERT INTO t VALUES (1)");
    assertTrue(session.commitEnded(true));
    assertEquals(RouteReason.IN_TRANSACTION, session.masterReason(), "autocommit is still off");
    run(session, "INSERT INTO t VALUES (2)");
    assertTrue(session.autoCommitSet(true), "setAutoCommit(true) commits");
    assertNull(session.masterReason());
    session.autoCommitSet(false);
    run(session, "INSERT INTO t VALUES (3)");
    session.rolledBack();
    assertFalse(session.autoCommitSet(true), "nothing left to commit");
  }

  @Test
  void aFailedChangeOfModeLosesNoWrite() {
    SessionState session = new SessionState(Engine.SQLITE, true, false, false);
    run(session, "BEGIN -> INSERT INTO t VALUES (1)");
    session.autoCommitFailed(false);
    assertEquals(RouteReason.IN_TRANSACTION, session.masterReason());
    assertTrue(session.autoCommitSet(true), "it commits what the text transaction wrote");
    assertNull(session.masterReason());
  }

  @Test
  void aSavepointOfJdbcFollowsTheDriversMode() {
    SessionState session = new SessionState(Engine.SQLITE, true, false, false);
    session.savepointSet(false);
    assertEquals(RouteReason.IN_TRANSACTION, session.masterReason());
    session.commitEnded(true);
    session.autoCommitSet(true);
    assertNull(session.masterReason());
    session.savepointSet(true);
    assertEquals(RouteReason.TRANSACTION_UNCERTAIN, session.masterReason());
    session.rolledBack();
    assertNull(session.masterReason());
  }

  @Test
  void severalStatementsInOneTextCountByHowManyWereRun() {
    String script = "BEGIN; INSERT INTO t VALUES (1); COMMIT";
    SessionState all = new SessionState(Engine.SQLITE, true, false, false);
    assertTrue(all.executed(classify(script), SessionState.Extent.ALL, true));
    assertNull(all.masterReason());
    SessionState uncertain = new SessionState(Engine.SQLITE, true, false, false);
    uncertain.executed(classify(script), SessionState.Extent.UNCERTAIN, true);
    assertEquals(RouteReason.TRANSACTION_UNCERTAIN, uncertain.masterReason());
    run(uncertain, "ROLLBACK");
    assertNull(uncertain.masterReason());
    SessionState failed = new SessionState(Engine.SQLITE, true, false, false);
    failed.executed(classify(script), SessionState.Extent.ALL, false);
    assertEquals(RouteReason.TRANSACTION_UNCERTAIN, failed.masterReason());
  }

  @Test
  void writesOnlyScriptsLeaveNoDoubt() {
    SessionState session = new SessionState(Engine.SQLITE, true, false, false);
    Classification script = classify("INSERT INTO t VALUES (1); DELETE FROM t");
    assertTrue(session.executed(script, SessionState.Extent.UNCERTAIN, true));
    assertNull(session.masterReason());
  }

  @Test
  void elsewhereASavepointOpensNothing() {
    SessionState session = new SessionState(Engine.POSTGRESQL, true, false, false);
    run(session, "SAVEPOINT a");
    assertNull(session.masterReason());
  }
}
