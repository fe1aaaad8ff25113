package io.rwsplit.jdbc;

import io.rwsplit.sql.Classification;

/** Tells of statements that touch SQLite's journal, one by one of a text of several. Stateless. */
final class JournalCalls {
  private JournalCalls() {}

  static void begin(ManagedConnection connection, Classification statement) {
    for (Classification part : statement.parts()) {
      begin(connection, part);
    }
    if (statement.parts().isEmpty() && statement.touchesJournal()) {
      connection.context.journalStatement(connection, statement);
    }
  }

  static void prepared(ManagedConnection connection, Classification statement) {
    for (Classification part : statement.parts()) {
      prepared(connection, part);
    }
    if (statement.parts().isEmpty() && statement.touchesJournal()) {
      connection.context.journalStatementPrepared(connection, statement);
    }
  }

  static void ended(ManagedConnection connection, Classification statement, boolean succeeded) {
    for (Classification part : statement.parts()) {
      ended(connection, part, succeeded);
    }
    if (statement.parts().isEmpty() && statement.touchesJournal()) {
      connection.context.journalStatementEnded(connection, statement, succeeded);
    }
  }
}
