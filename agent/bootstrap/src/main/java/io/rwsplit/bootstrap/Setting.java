package io.rwsplit.bootstrap;

/** Statement settings that a replica's statement must share. */
public final class Setting {
  /** {@code setMaxRows}, {@code setLargeMaxRows}. */
  public static final int MAX_ROWS = 0;

  /** {@code setFetchSize}. */
  public static final int FETCH_SIZE = 1;

  /** {@code setFetchDirection}. */
  public static final int FETCH_DIRECTION = 2;

  /** {@code setQueryTimeout}, in seconds. */
  public static final int QUERY_TIMEOUT = 3;

  /** {@code setMaxFieldSize}, in bytes. */
  public static final int MAX_FIELD_SIZE = 4;

  /** {@code setEscapeProcessing}. */
  public static final int ESCAPE_PROCESSING = 5;

  /** {@code closeOnCompletion}. */
  public static final int CLOSE_ON_COMPLETION = 6;

  /** {@code setCursorName}: positioned updates need the master. */
  public static final int CURSOR_NAME = 7;

  /** {@code setPoolable}: says nothing about results. */
  public static final int POOLABLE = 8;

  private Setting() {}
}
