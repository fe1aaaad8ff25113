package io.rwsplit.bootstrap;

/** What a woven statement class implements: access to its injected field. */
public interface HookedStatement {
  /**
   * Closes the query that the driver keeps open for {@code getGeneratedKeys}, as each {@code
   * execute} of the driver's does; nothing for drivers that have none.
   *
   * @throws LinkageError when the driver's version has none
   * @throws Exception what the driver throws
   */
  void rwsplit$closeKeys() throws Exception;

  /**
   * Leaves the driver's statement as its own execution of a read would, but for the result: what
   * earlier executions left is gone. Nothing for drivers whose statements need more than JDBC's
   * methods for that.
   *
   * @param none an empty list that stands for no results, of drivers that keep a list of them
   * @throws LinkageError when the driver's version keeps it elsewhere
   * @throws Exception what the driver throws
   */
  void rwsplit$settle(Object none) throws Exception;

  /**
   * The list of results that the newest execution left, of drivers that make a new one for each;
   * null for others.
   *
   * @throws LinkageError when the driver's version keeps it elsewhere
   */
  Object rwsplit$results();

  /** The hook; null for statements that are not managed. */
  StatementHook rwsplit$hook();

  /** Attaches a hook. */
  void rwsplit$hook(StatementHook hook);

  /**
   * The only result object the statement ever has, of a driver that reuses it (sqlite-jdbc); null
   * for other drivers.
   *
   * @throws LinkageError when the driver's version keeps it elsewhere
   */
  Object rwsplit$result();

  /**
   * True when the newest execution has left a row that nobody has asked for, of a driver with one
   * result object per statement; false for others.
   *
   * @throws LinkageError when the driver's version keeps it elsewhere
   */
  boolean rwsplit$waits();

  /**
   * Releases the native statement as the driver does when its connection is closed, without a word
   * to the result; does nothing for drivers that have none.
   *
   * @throws LinkageError when the driver's version keeps it elsewhere
   */
  void rwsplit$release();
}
