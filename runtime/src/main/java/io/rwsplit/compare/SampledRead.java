package io.rwsplit.compare;

import io.rwsplit.session.SessionSettings;
import io.rwsplit.sql.Classification;

/** What it takes to run a read of the application again. Immutable; holds data of its. */
public final class SampledRead {
  final Way way;
  final SessionSettings session;
  final Classification what;
  final String sql;

  /** Null for a plain statement. */
  final Binding binding;

  final int replica;

  /**
   * A proven read.
   *
   * @param way how its connection was opened
   * @param session what the connection was given since
   * @param binding null for a plain statement
   * @param replica index of the one that serves it, or would
   */
  public SampledRead(
      Way way,
      SessionSettings session,
      Classification what,
      String sql,
      Binding binding,
      int replica) {
    this.way = way;
    this.session = session;
    this.what = what;
    this.sql = sql;
    this.binding = binding;
    this.replica = replica;
  }
}
