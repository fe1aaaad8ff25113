package io.rwsplit.bootstrap;

/**
 * What a woven result of a replica asks and tells the runtime, which the application holds itself.
 * Nothing here throws, except a {@code SQLException} that the application must see.
 */
public interface RowsHook {
  /** {@code next()} is about to run. */
  void moving(Object result);

  /** {@code next()} has thrown something. */
  void stuck(Object result, Throwable failure);

  /**
   * {@code next()} returned.
   *
   * @param more what it returned
   */
  void moved(Object result, boolean more);

  /**
   * {@code close()} is about to run.
   *
   * @return true for the first who closes it
   */
  boolean closing(Object result);

  /**
   * {@code close()} is over.
   *
   * @param first what {@link #closing} returned
   * @param ok false when it has thrown something
   */
  void closed(Object result, boolean first, boolean ok);

  /**
   * {@code getStatement()} returned.
   *
   * @param own the driver's statement on the replica
   * @return the application's statement; null when it is gone
   */
  Object statement(Object result, Object own);

  /**
   * {@code getWarnings()}: what is returned instead of the driver's; may be null.
   *
   * @return the hook itself where the driver's result answers
   */
  Object warnings(Object result);

  /** {@code clearWarnings()}: false where the driver's result is to do that. */
  boolean clearWarnings(Object result);
}
