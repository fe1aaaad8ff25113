package io.rwsplit.bootstrap;

import java.lang.reflect.Constructor;

/**
 * What the bodies of driver classes tell that were loaded before the agent. Such a class has no
 * field for a hook, hence static methods. Objects of classes that were made beside the loaded ones
 * tell by their hooks, and are passed over here where they have one.
 *
 * <p>Every announcement of a begin is followed by one of its end on the same thread. Nothing
 * throws, except what the application must see. Thread-safe.
 */
public abstract class Loaded {
  /** What the name of a class ends with that was made beside a loaded one. */
  public static final String SUFFIX = "$rwsplit";

  private static volatile Loaded installed;

  /** Installs the runtime's part. */
  public static void install(Loaded runtime) {
    installed = runtime;
  }

  /** A method of a connection, {@code call} being a constant of {@link Call}, is about to run. */
  public static void callBegins(Object connection, int call, Object argument) {
    Loaded runtime = installed;
    if (runtime != null && !(connection instanceof HookedConnection)) {
      runtime.enterCall(connection, call, argument);
    }
  }

  /** It has ended; {@code failure} is what it threw, or null. */
  public static void callEnded(Throwable failure, Object connection, int call) {
    Loaded runtime = installed;
    if (runtime != null && !(connection instanceof HookedConnection)) {
      runtime.exitCall(connection, call, failure);
    }
  }

  /**
   * Something is about to run past the driver's statements, {@code call} being a constant of {@link
   * Call}.
   *
   * @param origin the connection, whether it has a hook or not; or what was told to {@link
   *     #copyBegun}
   */
  public static void pastBegins(Object origin, int call) {
    Loaded runtime = installed;
    if (runtime != null) {
      runtime.enterPast(origin, call);
    }
  }

  /** It has ended; {@code failure} is what it threw, or null. */
  public static void pastEnded(Throwable failure, Object origin, int call) {
    Loaded runtime = installed;
    if (runtime != null) {
      runtime.exitPast(origin, call, failure);
    }
  }

  /** As {@link HookFactory#copyBegun}, whether the connection has a hook or not. */
  public static void copyBegun(Object copy, Object connection) {
    Hooks.factory().copyBegun(connection, copy);
  }

  /** A connection has made a statement; {@code sql} is null for a plain one. */
  public static void created(Object statement, Object connection, String sql, int flags) {
    Loaded runtime = installed;
    if (runtime != null && !(connection instanceof HookedConnection)) {
      runtime.statementCreated(connection, statement, sql, flags);
    }
  }

  /**
   * An execution, {@code kind} being a constant of {@link StatementHook}, is about to start.
   *
   * @param sql null when the text was prepared
   * @param driversText what the statement holds as its newest text; may be null
   */
  public static void executionBegins(Object statement, String sql, String driversText, int kind) {
    Loaded runtime = installed;
    if (runtime != null && !isHooked(statement)) {
      runtime.enter(statement, sql, driversText, kind);
    }
  }

  /** It has ended: with a {@code ResultSet}, a Boolean, or null where that carries no meaning. */
  public static void executionEnded(Object result, Object statement) {
    Loaded runtime = installed;
    if (runtime != null && !isHooked(statement)) {
      runtime.exit(statement, result, null);
    }
  }

  /** It threw. */
  public static void executionFailed(Throwable failure, Object statement) {
    Loaded runtime = installed;
    if (runtime != null && !isHooked(statement)) {
      runtime.exit(statement, null, failure);
    }
  }

  /**
   * As {@link #executionBegins}, of a method that no class can override: so this one tells also of
   * statements with a hook.
   *
   * @return what the method is to return instead of running; null to run
   */
  public static Object finalBegins(Object statement, String sql, String driversText, int kind) {
    Loaded runtime = installed;
    if (runtime != null && isHooked(statement)) {
      return runtime.enterFinal(((HookedStatement) statement).rwsplit$hook(), statement, sql, kind);
    }
    executionBegins(statement, sql, driversText, kind);
    return null;
  }

  /** It has run, as {@link #executionEnded}. */
  public static void finalEnded(Object result, Object statement) {
    Loaded runtime = installed;
    if (runtime != null && isHooked(statement)) {
      runtime.exitFinal(statement, result, null);
    } else {
      executionEnded(result, statement);
    }
  }

  /** It threw. */
  public static void finalFailed(Throwable failure, Object statement) {
    Loaded runtime = installed;
    if (runtime != null && isHooked(statement)) {
      runtime.exitFinal(statement, null, failure);
    } else {
      executionFailed(failure, statement);
    }
  }

  /** True when the statement's newest execution ran on a replica. */
  public static boolean isRedirected(Object statement) {
    return isHooked(statement) && ((HookedStatement) statement).rwsplit$hook().redirected();
  }

  /** The driver's own class of an object, also of one whose class was made beside it. */
  public static Class<?> classOf(Object object) {
    Class<?> type = object.getClass();
    return type.getName().endsWith(SUFFIX) ? type.getSuperclass() : type;
  }

  /** The constructor to use in place of one that a driver keeps; the same where there is none. */
  public static Constructor<?> instead(Constructor<?> kept) {
    Loaded runtime = installed;
    return runtime == null || kept == null ? kept : runtime.constructor(kept);
  }

  /** {@code getResultSet()} has returned. */
  public static void resultAsked(Object result, Object statement) {
    Loaded runtime = installed;
    if (runtime != null && !isHooked(statement)) {
      runtime.result(statement, result);
    }
  }

  /** A result was closed, which may have committed its statement; or that failed. */
  public static void resultClosed(Object result) {
    Loaded runtime = installed;
    if (runtime != null) {
      runtime.closed(result);
    }
  }

  /** A statement was closed, which may have committed it. */
  public static void statementClosed(Object statement) {
    Loaded runtime = installed;
    if (runtime != null && !isHooked(statement)) {
      runtime.statementEnded(statement);
    }
  }

  /** The same where that commits nothing. */
  public static void statementForgotten(Object statement) {
    Loaded runtime = installed;
    if (runtime != null && !isHooked(statement)) {
      runtime.forgotten(statement);
    }
  }

  /** A statement is about to be closed, by a method that no class can override. */
  public static void statementCloses(Object statement) {
    if (statement instanceof HookedStatement) {
      StatementHook hook = ((HookedStatement) statement).rwsplit$hook();
      if (hook != null) {
        hook.before(StatementHook.CLOSE, statement);
      }
    }
  }

  /** True when the statement tells by a hook of its own. */
  protected static boolean isHooked(Object statement) {
    return statement instanceof HookedStatement
        && ((HookedStatement) statement).rwsplit$hook() != null;
  }

  /** A connect is about to run; {@code caller} is the driver or, of a static one, its class. */
  public static void connectBegins(Object caller, Object url, Object properties) {
    Loaded runtime = installed;
    if (runtime != null) {
      runtime.connecting(caller, url, properties);
    }
  }

  /**
   * Where it has to lead, as {@link HookFactory#target}: what to use in place of {@code url}.
   * Throws what the application must see when there is nowhere to go.
   */
  public static Object connectTarget(Object caller, Object url, Object properties) {
    Loaded runtime = installed;
    return runtime == null ? url : runtime.target(caller, url, properties);
  }

  /** It has returned. */
  public static void connectEnded(Object connection) {
    Loaded runtime = installed;
    if (runtime != null) {
      runtime.connected(connection);
    }
  }

  /** It threw. */
  public static void connectFailed() {
    Loaded runtime = installed;
    if (runtime != null) {
      runtime.notConnected();
    }
  }

  /** As {@link ConnectionHook#enterCall}. */
  protected abstract void enterCall(Object connection, int call, Object argument);

  /** As {@link ConnectionHook#exitCall}. */
  protected abstract void exitCall(Object connection, int call, Throwable failure);

  /** As {@link #pastBegins}. */
  protected abstract void enterPast(Object origin, int call);

  /** As {@link #pastEnded}. */
  protected abstract void exitPast(Object origin, int call, Throwable failure);

  /** As {@link ConnectionHook#created}. */
  protected abstract void statementCreated(
      Object connection, Object statement, String sql, int flags);

  /** As {@link #executionBegins}. */
  protected abstract void enter(Object statement, String sql, String driversText, int kind);

  /** As {@link #executionEnded}, or with what was thrown. */
  protected abstract void exit(Object statement, Object result, Throwable failure);

  /** As {@link #finalBegins}, of a statement with this hook. */
  protected abstract Object enterFinal(StatementHook hook, Object statement, String sql, int kind);

  /** As {@link #finalEnded}, or with what was thrown. */
  protected abstract void exitFinal(Object statement, Object result, Throwable failure);

  /** As {@link #instead}. */
  protected abstract Constructor<?> constructor(Constructor<?> kept);

  /** As {@link #resultAsked}. */
  protected abstract void result(Object statement, Object result);

  /** As {@link #statementClosed}. */
  protected abstract void statementEnded(Object statement);

  /** As {@link #statementForgotten}. */
  protected abstract void forgotten(Object statement);

  /** As {@link #resultClosed}. */
  protected abstract void closed(Object result);

  /** As {@link HookFactory#connecting}. */
  protected abstract void connecting(Object caller, Object url, Object properties);

  /** As {@link #connectTarget}. */
  protected abstract Object target(Object caller, Object url, Object properties);

  /** As {@link HookFactory#connected}. */
  protected abstract void connected(Object connection);

  /** As {@link HookFactory#connectFailed}. */
  protected abstract void notConnected();
}
