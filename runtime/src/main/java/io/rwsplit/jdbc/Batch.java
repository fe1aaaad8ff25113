package io.rwsplit.jdbc;

import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import java.util.ArrayList;
import java.util.List;

/** The texts a statement has in its batch, for what their execution does to the session. */
final class Batch {
  private List<Classification> texts;

  void add(Classification text) {
    if (texts == null) {
      texts = new ArrayList<>();
    }
    // Prepared statements add the same one for every row.
    if (texts.isEmpty() || texts.get(texts.size() - 1) != text) {
      texts.add(text);
    }
  }

  /** True when nothing waits to be executed. */
  boolean isEmpty() {
    return texts == null;
  }

  void clear() {
    texts = null;
  }

  /** The batch is about to be executed. */
  void begins(ManagedConnection connection) {
    if (texts != null) {
      for (Classification text : texts) {
        if (text != null && text.touchesJournal()) {
          JournalCalls.begin(connection, text);
        }
      }
    }
  }

  /** The batch was executed, or failed in the middle of it. */
  void ended(ManagedConnection connection, ThreadState thread, boolean succeeded) {
    List<Classification> done = texts;
    texts = null;
    if (done != null) {
      for (Classification text : done) {
        connection.executed(thread, text, SessionState.Extent.ALL, succeeded, null);
        if (text != null && text.touchesJournal()) {
          JournalCalls.ended(connection, text, succeeded);
        }
      }
    }
  }
}
