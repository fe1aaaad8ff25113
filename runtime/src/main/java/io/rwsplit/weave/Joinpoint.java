package io.rwsplit.weave;

/** One method of a {@link Role} that is woven: which, and how its new body looks. Immutable. */
final class Joinpoint {
  /** The shapes of a woven body. */
  enum Shape {
    /** Ask the hook; run the original unless the hook has a result; report the end. */
    EXECUTE,
    /** Run the original, then hand the new statement to the connection's hook. */
    CREATE,
    /** Announce the call to the connection's hook, run the original, report the end. */
    CALL,
    /** The connection's hook may answer; else like CALL. */
    CONNECTION_WARNINGS,
    /** Like CALL, the hook being that of the metadata's connection. */
    META_DATA_CALL,
    /** Like CALL, the hook being that of the connection in a field of pgjdbc's. */
    PAST_STATEMENTS,
    /** Run the original, then hand over the connection in a field of pgjdbc's, and the result. */
    COPY_BEGUN,
    /** Like CALL, the hook being that of the connection that began the copy. */
    COPY_ENDED,
    /** Tell the hook, then run the original. */
    BEFORE,
    /** Run the original, then tell the hook the new value of a setting. */
    SETTING,
    /** Run the original, then record the parameter. */
    PARAMETER,
    /** Run the original, then forget the parameters. */
    CLEAR_PARAMETERS,
    /** A redirected execution answers from the hook. */
    RESULT_SET,
    MORE_RESULTS,
    UPDATE_COUNT,
    WARNINGS,
    /** Announce the connect, run the original, hand over the connection. */
    CONNECT,
    /** Say that an XA data source connects, run the original, hand over what it has opened. */
    DISTRIBUTED,
    /** Run the original, then say that the application registered a SQL function. */
    FUNCTION,
    /** Run the original, then say that the application follows the progress of its queries. */
    PROGRESS_HANDLER,
    /** Run the original, then say that a database was overwritten past all statements. */
    RESTORE,
    /** Run the original, then say that the server may have forgotten the session. */
    SESSION_RESET,
    /** Run the original, then tell the result's hook whether there was a row. */
    ROWS_NEXT,
    /** Tell the result's hook, run the original, tell it the end. */
    ROWS_CLOSE,
    /** Run the original; the result's hook says whose statement it is. */
    ROWS_STATEMENT,
    /** The result's hook may answer; else run the original. */
    ROWS_WARNINGS,
    /** The result's hook may do it; else run the original. */
    ROWS_CLEAR_WARNINGS,
    /** Of a driver that was loaded before: run the original, then say that a result was closed. */
    RESULT_CLOSE,
    /** Say that a web application's class loader is about to stop, then run the original. */
    STOPPING
  }

  final String name;

  /** Parameter part of the descriptor, for example {@code (Ljava/lang/String;)}. */
  final String parameters;

  final Shape shape;

  /** A constant of the bootstrap package whose family depends on the shape. */
  final int constant;

  Joinpoint(String name, String parameters, Shape shape, int constant) {
    this.name = name;
    this.parameters = parameters;
    this.shape = shape;
    this.constant = constant;
  }

  String key() {
    return name + parameters;
  }

  /** True when the new body reads {@link Bodies#BASE_CONNECTION}. */
  boolean needsConnectionField() {
    return shape == Shape.PAST_STATEMENTS || shape == Shape.COPY_BEGUN;
  }
}
