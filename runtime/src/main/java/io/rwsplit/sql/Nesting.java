package io.rwsplit.sql;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Where a walk over the tokens of a query stands: inside whose parentheses, and in which clause.
 * Not thread-safe.
 */
final class Nesting {
  private final Tokens t;
  private final Deque<String> owners = new ArrayDeque<>();
  private final Deque<String> clauses = new ArrayDeque<>();
  private String clause = "";

  Nesting(Tokens tokens) {
    this.t = tokens;
  }

  /** The parenthesis at {@code i} opens. */
  void open(int i) {
    owners.push(t.isName(i - 1) ? t.name(i - 1) : "");
    clauses.push(clause);
    // A parenthesis in a FROM clause may hold a join, so it is still one.
    clause = clause.equals("FROM") && !isCall(i) ? clause : "";
  }

  private boolean isCall(int i) {
    return t.isName(i - 1) && !t.isAnyWord(i - 1, "FROM", "JOIN", "LATERAL");
  }

  /** A parenthesis closes. */
  void close() {
    if (!owners.isEmpty()) {
      owners.pop();
      clause = clauses.pop();
    }
  }

  /** A bare word that stands after no dot. */
  void word(String upper) {
    switch (upper) {
      case "SELECT":
      case "FROM":
      case "WHERE":
      case "GROUP":
      case "HAVING":
      case "ORDER":
      case "LIMIT":
      case "WINDOW":
      case "VALUES":
        clause = upper;
        break;
      case "ON":
        clause = clause.equals("FROM") ? "ON" : clause;
        break;
      case "JOIN":
        clause = clause.equals("ON") ? "FROM" : clause;
        break;
      default:
        break;
    }
  }

  /** The clause of the innermost query, its first word in upper case, or empty. */
  String clause() {
    return clause;
  }

  /** The lower-case name before the innermost open parenthesis, or empty. */
  String owner() {
    return owners.isEmpty() ? "" : owners.peek();
  }

  /** True inside parentheses of this name, at any depth. */
  boolean within(String owner) {
    return owners.contains(owner);
  }
}
