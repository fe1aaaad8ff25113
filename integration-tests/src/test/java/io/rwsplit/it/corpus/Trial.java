package io.rwsplit.it.corpus;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Puts statements to a replica that refuses writes, and to the classifier. Not thread-safe. */
final class Trial {
  /** What ends the server or a connection, waits, or asks for rights and files of its own. */
  private static final Pattern LEFT_OUT =
      Pattern.compile(
          "(?is).*\\b(shutdown|kill|sleep|pg_sleep\\w*|pg_terminate_backend|pg_promote|restart|clone"
              + "|pg_switch_wal|pg_rotate_logfile|pg_reload_conf|flush|benchmark|attach|vacuum|load"
              + "|listen|xa|backup|restore|wal_checkpoint|locking_mode|journal_mode)\\b.*");

  /** Opens a connection on which nothing can be written. */
  interface Source {
    Connection open() throws SQLException;
  }

  private final Source source;
  private final ShippedClassifier classifier;
  private final Predicate<SQLException> refusal;

  /** Refused by the engine and taken for a read by the classifier: must stay empty. */
  final List<String> wrong = new ArrayList<>();

  /** Accepted and not taken for a read. */
  final List<String> kept = new ArrayList<>();

  int statements;
  int refused;
  int accepted;
  int reads;

  Trial(Source source, ShippedClassifier classifier, Predicate<SQLException> refusal) {
    this.source = source;
    this.classifier = classifier;
    this.refusal = refusal;
  }

  /** Tries each on a connection of its own, or on one with those before it that changed nothing. */
  void run(Collection<String> texts) throws SQLException {
    Connection connection = null;
    try {
      for (String sql : texts) {
        if (LEFT_OUT.matcher(sql).matches()) {
          continue;
        }
        if (connection == null || connection.isClosed()) {
          connection = source.open();
        }
        ShippedClassifier.Verdict verdict = classifier.verdict(sql);
        SQLException failure = failure(connection, sql);
        count(sql, verdict, failure);
        if (!verdict.read() && failure == null) {
          connection.close();
        }
      }
    } finally {
      if (connection != null) {
        connection.close();
      }
    }
  }

  private void count(String sql, ShippedClassifier.Verdict verdict, SQLException failure) {
    statements++;
    if (failure == null) {
      accepted++;
      reads += verdict.read() ? 1 : 0;
      if (!verdict.read()) {
        kept.add(verdict + " <- " + sql);
      }
    } else if (refusal.test(failure)) {
      refused++;
      if (verdict.read()) {
        wrong.add(verdict + " <- " + sql + "\n  " + failure.getMessage());
      }
    }
  }

  /** Runs it to its end; null, or why it failed. */
  static SQLException failure(Connection connection, String sql) {
    try {
      if (sql.indexOf('?') < 0) {
        try (Statement statement = connection.createStatement()) {
          drain(statement, statement.execute(sql));
        }
        return null;
      }
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        int parameters = statement.getParameterMetaData().getParameterCount();
        for (int i = 1; i <= parameters; i++) {
          statement.setInt(i, 1);
        }
        drain(statement, statement.execute());
      }
      return null;
    } catch (SQLException e) {
      return e;
    }
  }

  private static void drain(Statement statement, boolean rows) throws SQLException {
    if (rows) {
      try (ResultSet result = statement.getResultSet()) {
        while (result.next()) {
          result.getObject(1);
        }
      }
    }
  }

  /** The share of the accepted ones that are reads. */
  double share() {
    return accepted == 0 ? 0 : (double) reads / accepted;
  }

  @Override
  public String toString() {
    return statements
        + " statements, "
        + refused
        + " refused as writes, "
        + accepted
        + " accepted, "
        + reads
        + " of these routed to replicas";
  }
}
