package io.rwsplit.cli.data;

import java.sql.SQLException;

/** A master and a replica that are compared. Used by one thread; close it. */
abstract class Pair implements AutoCloseable {
  abstract Side master();

  abstract Side replica();

  /** True when both show one and the same commit between {@link #begin} and {@link #end}. */
  abstract boolean isExact();

  /** What is read from now on counts together; sides may be others than before. */
  abstract void begin() throws SQLException;

  abstract void end();

  @Override
  public abstract void close();
}
