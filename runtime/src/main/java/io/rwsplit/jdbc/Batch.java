package io.rwsplit.jdbc;

import io.rwsplit.session.SessionState;
import io.rwsplit.sql.Classification;
import java.util.ArrayList;
import java.util.List;

/** The texts a statement has in its batch, for what their execution does to the session. */
final class Batch {
  /** So many texts, of one shape in a row, are told apart by what they touch. */
  private static final int MAX_TOLD = 64;

  private List<Classification> texts;

  /** The texts of the same index; null for what is not told. Null when nobody asks. */
  private List<String> sql;

  private final boolean byTable;

  /** True when somebody asks for the texts. */
  private final boolean isTold;

  /**
   * @param byTable true when it matters what each text touches
   * @param left true when it matters what each text calls
   */
  Batch(boolean byTable, boolean left) {
    this.byTable = byTable;
    this.isTold = byTable || left;
  }

  /** The application adds a text; one that is null no driver takes into its batch. */
  void add(Classification text, String written) {
    if (text == null) {
      return;
    }
    if (texts == null) {
      texts = new ArrayList<>();
      sql = isTold ? new ArrayList<String>() : null;
    }
    if (isTold && !texts.isEmpty()) {
      int last = texts.size() - 1;
      if (texts.get(last) == text && (sql.get(last) == null || sql.get(last).equals(written))) {
        return;
      }
      if (texts.size() < MAX_TOLD || texts.get(last) != text) {
        texts.add(text);
        sql.add(texts.size() > MAX_TOLD ? null : written);
      } else {
        sql.set(last, null);
      }
      return;
    }
    if (isTold) {
      sql.add(written);
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

  /** True when a text of it feels reads that are under way. */
  boolean feelsReads() {
    if (texts != null) {
      for (Classification text : texts) {
        if (text != null && text.feelsReads()) {
          return true;
        }
      }
    }
    return false;
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
  void ended(ManagedConnection connection, ThreadState thread, boolean succeeded, Touch touch) {
    List<Classification> done = texts;
    texts = null;
    if (done != null) {
      for (int i = 0; i < done.size(); i++) {
        if (!byTable && i > 0 && done.get(i) == done.get(i - 1)) {
          // What it calls is all that may be new in it.
          connection.mayHaveLeft(done.get(i), sql.get(i), succeeded);
          continue;
        }
        if (connection.context.observer != null) {
          connection.context.observer.wrote(
              done.get(i), thread.in(connection.context).recentWrites());
        }
        Touch each = touch == null ? null : new Touch(touch.before, sql.get(i));
        connection.executed(thread, done.get(i), SessionState.Extent.ALL, succeeded, null, each);
        connection.mayHaveLeft(done.get(i), isTold ? sql.get(i) : null, succeeded);
        if (done.get(i) != null && done.get(i).touchesJournal()) {
          JournalCalls.ended(connection, done.get(i), succeeded);
        }
      }
    }
  }
}
