package io.rwsplit.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rwsplit.engine.Engine;
import io.rwsplit.sql.Classification;
import io.rwsplit.sql.Reason;
import io.rwsplit.sql.SqlClassifier;
import java.sql.Connection;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * What sequences of SQL texts and JDBC calls leave behind, engine by engine: the tables in {@code
 * sessions-*.psv}. Columns: steps separated by {@code ->}; the mode, or the reason for the master;
 * the settings to be mirrored, separated by semicolons; whether the last step may have made a write
 * visible.
 *
 * <p>A step that begins with {@code !} fails; {@code .name} is a call of the connection.
 */
class SessionTableTest {
  private static final Map<Engine, SqlClassifier> CLASSIFIERS = new EnumMap<>(Engine.class);

  @ParameterizedTest(name = "{index} {0}")
  @CsvFileSource(resources = "sessions-postgresql.psv", delimiter = '|', quoteCharacter = '§')
  void postgresql(String steps, String route, String settings, String visible) {
    check(Engine.POSTGRESQL, steps, route, settings, visible);
  }

  @ParameterizedTest(name = "{index} {0}")
  @CsvFileSource(resources = "sessions-mysql.psv", delimiter = '|', quoteCharacter = '§')
  void mysqlAndMariadb(String steps, String route, String settings, String visible) {
    check(Engine.MYSQL, steps, route, settings, visible);
    check(Engine.MARIADB, steps, route, settings, visible);
  }

  @ParameterizedTest(name = "{index} {0}")
  @CsvFileSource(resources = "sessions-sqlite.psv", delimiter = '|', quoteCharacter = '§')
  void sqlite(String steps, String route, String settings, String visible) {
    check(Engine.SQLITE, steps, route, settings, visible);
  }

  private static void check(
      Engine engine, String steps, String route, String settings, String visible) {
    boolean untilWrite = steps.startsWith("until-write ->");
    SessionState session = new SessionState(engine, true, false, untilWrite);
    session.isolationIs(
        engine == Engine.POSTGRESQL
            ? Connection.TRANSACTION_READ_COMMITTED
            : Connection.TRANSACTION_REPEATABLE_READ);
    boolean seen = false;
    for (String step : steps.split("->", -1)) {
      if (!step.trim().equals("until-write")) {
        seen = run(engine, session, step.trim());
      }
    }
    String actual =
        session.masterReason() == null
            ? session.mode().toString()
            : session.masterReason() + pins(session);
    assertEquals(route, actual, steps);
    assertEquals(
        settings == null ? "" : settings,
        session.settings().all().stream().map(Object::toString).collect(Collectors.joining("; ")),
        steps);
    if (visible != null) {
      assertEquals(visible.equals("visible"), seen, steps);
    }
  }

  private static String pins(SessionState session) {
    return session.pins().isEmpty()
        ? ""
        : session.pins().stream()
            .map(Enum::name)
            .sorted()
            .collect(Collectors.joining("+", " ", ""));
  }

  private static boolean run(Engine engine, SessionState session, String step) {
    switch (step) {
      case ".autocommit off":
        return session.autoCommitSet(false);
      case ".autocommit on":
        return session.autoCommitSet(true);
      case ".commit":
        return session.commitEnded(true);
      case "!.commit":
        return session.commitEnded(false);
      case ".rollback":
        session.rolledBack();
        return false;
      case ".rollback to":
        session.rolledBackToSavepoint();
        return false;
      case ".read only":
        session.readOnlySet(true);
        return false;
      case ".read write":
        session.readOnlySet(false);
        return false;
      case ".serializable":
        session.isolationSet(Connection.TRANSACTION_SERIALIZABLE);
        return false;
      case ".read committed":
        session.isolationSet(Connection.TRANSACTION_READ_COMMITTED);
        return false;
      case ".network timeout 5":
        session.set(Setting.number(Setting.Way.NETWORK_TIMEOUT, 5));
        return false;
      case ".schema x":
        session.set("search_path", "'x'");
        return false;
      default:
        boolean fails = step.startsWith("!");
        Classification what = classify(engine, fails ? step.substring(1) : step);
        return session.executed(what, SessionState.Extent.ALL, !fails);
    }
  }

  private static Classification classify(Engine engine, String sql) {
    SqlClassifier classifier = CLASSIFIERS.computeIfAbsent(engine, SqlClassifier::new);
    Classification what = classifier.classify(sql);
    while (what.reason() == Reason.CLASSIFYING) {
      what = classifier.classify(sql);
    }
    return what;
  }
}
