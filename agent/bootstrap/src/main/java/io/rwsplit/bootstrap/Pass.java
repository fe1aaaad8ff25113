package io.rwsplit.bootstrap;

/** An execution that goes to the driver as written, and whose end the runtime wants to know. */
public abstract class Pass {
  /**
   * The driver's method returned.
   *
   * @param result a {@code ResultSet}, a Boolean, or null where the result carries no meaning
   */
  public abstract void exit(StatementHook hook, Object statement, Object result);

  /** The driver's method threw. */
  public abstract void failed(StatementHook hook, Object statement, Throwable failure);
}
