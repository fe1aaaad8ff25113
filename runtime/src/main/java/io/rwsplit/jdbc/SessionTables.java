package io.rwsplit.jdbc;

import io.rwsplit.catalog.CatalogSnapshot;
import io.rwsplit.consistency.TableTickets;
import io.rwsplit.sql.Classification;
import java.util.HashSet;
import java.util.Set;

/**
 * What one connection has written, table by table, and what of it is not committed yet.
 * Thread-safe; never blocks.
 */
final class SessionTables {
  /** A transaction that touches more touches all. */
  private static final int MAX_PENDING = 256;

  private final TableScope scope;
  private final TableTickets tickets = new TableTickets();

  /** Touched by statements that nobody else can see yet; null when nobody can tell. */
  private Set<String> pending = new HashSet<>();

  /** The schema they have met. */
  private CatalogSnapshot schema;

  SessionTables(TableScope scope) {
    this.scope = scope;
  }

  /**
   * A statement has run.
   *
   * @param touched null when nobody can tell
   * @param met the schema it has met
   */
  synchronized void touched(Set<String> touched, CatalogSnapshot met) {
    boolean told = touched != null && pending != null && (pending.isEmpty() || schema == met);
    if (!told || pending.size() > MAX_PENDING) {
      pending = null;
      return;
    }
    schema = met;
    pending.addAll(touched);
  }

  /** True when it is known what the uncommitted statements have touched, if there are any. */
  synchronized boolean isNarrow() {
    return pending != null && !pending.isEmpty();
  }

  /**
   * What was pending is visible now.
   *
   * @param known false when it may be something else that has become visible
   */
  void wrote(TableTickets ofThread, long ticket, boolean known) {
    Set<String> touched = known ? take() : null;
    tickets.wrote(touched, ticket);
    ofThread.wrote(touched, ticket);
    if (scope.jvm() != null) {
      scope.jvm().wrote(touched, ticket);
    }
  }

  private synchronized Set<String> take() {
    Set<String> touched = isNarrow() && schema == scope.settled() ? pending : null;
    pending = new HashSet<>();
    schema = null;
    return touched;
  }

  /** The ticket a read must be covered for; negative when its tables cannot be told. */
  long needed(TableTickets ofThread, Classification read) {
    Set<String> tables = scope.read(read);
    if (tables == null) {
      return -1;
    }
    long needed = Math.max(tickets.needed(tables), ofThread.needed(tables));
    return scope.jvm() == null ? needed : Math.max(needed, scope.jvm().needed(tables));
  }
}
