package io.rwsplit.jdbc;

/** A hook that knows whether the application has closed its connection. Thread-safe. */
public interface ClosableHook {
  /** True once the application has closed or aborted the connection. */
  boolean isClosed();
}
