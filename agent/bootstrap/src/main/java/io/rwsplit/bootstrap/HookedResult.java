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

  /**
   * Sets the column that the driver takes for the one read last, which its message about {@code
   * wasNull} names before the first row.
   *
   * @param column -1 for none since the object was closed, 0 for none ever
   * @throws LinkageError when the driver's version keeps it elsewhere
   */
  void rwsplit$lastColumn(int column);
}
