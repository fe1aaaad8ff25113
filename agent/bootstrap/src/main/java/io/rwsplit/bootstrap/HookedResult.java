package io.rwsplit.bootstrap;

/**
 * What the woven result class of a driver implements whose statements have one result object for
 * all executions: while another result is set, all questions about rows go there.
 */
public interface HookedResult {
  /** The {@code java.sql.ResultSet} that answers instead; null when the object does itself. */
  Object rwsplit$served();

  /** Sets the {@code java.sql.ResultSet} that answers instead, or null. */
  void rwsplit$served(Object served);
}
