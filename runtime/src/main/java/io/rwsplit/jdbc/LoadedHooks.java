package io.rwsplit.jdbc;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookedConnection;
import io.rwsplit.bootstrap.HookedStatement;
import io.rwsplit.bootstrap.Loaded;
import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.StatementHook;
import java.lang.reflect.Constructor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Follows connections that were open when the agent came into the JVM: all of theirs runs on the
 * master, and each of their calls may have written, for what their sessions hold is not known.
 * Their hooks are found by identity. Thread-safe.
 */
public final class LoadedHooks extends Loaded {
  /** What has begun on this thread and is to be told of its end. */
  private static class Begun {
    /** The connection or statement; {@link #CONNECT} of a connect. */
    final Object object;

    /** The hook to tell; null when there is none. */
    final Object hook;

    /**
     * Of a connection's call its argument, of what runs past statements their connection, of an
     * execution whether it is the first with its hook.
     */
    final Object argument;

    /** Of an execution its pass, of a connect its token. */
    final Object pass;

    Begun(Object object, Object hook, Object argument, Object pass) {
      this.object = object;
      this.hook = hook;
      this.argument = argument;
      this.pass = pass;
    }
  }

  /** A connect that has begun. */
  private static final class Connect extends Begun {
    /** The driver or, of a static method, its class. */
    final Object caller;

    final Object properties;

    /** The URL it leads to. */
    Object target;

    Connect(Object caller, Object url, Object properties, Object token) {
      super(CONNECT, null, null, token);
      this.caller = caller;
      this.target = url;
      this.properties = properties;
    }

    /** Null for a static method. */
    Object driver() {
      return caller instanceof Class ? null : caller;
    }
  }

  /** In place of the connection that is yet to be. */
  private static final Object CONNECT = new Object();

  /** In place of a hook: the object needs none. */
  private static final Object NONE = new Object();

  private static final ThreadLocal<Deque<Begun>> BEGUN =
      new ThreadLocal<Deque<Begun>>() {
        @Override
        protected Deque<Begun> initialValue() {
          return new ArrayDeque<>(4);
        }
      };

  /** Of a driver's class its constructors with those of the class that was made beside it. */
  private static final ClassValue<Map<Constructor<?>, Constructor<?>>> CONSTRUCTORS =
      new ClassValue<Map<Constructor<?>, Constructor<?>>>() {
        @Override
        protected Map<Constructor<?>, Constructor<?>> computeValue(Class<?> type) {
          Map<Constructor<?>, Constructor<?>> found = new HashMap<>();
          try {
            Class<?> made = Class.forName(type.getName() + SUFFIX, false, type.getClassLoader());
            for (Constructor<?> each : made.getConstructors()) {
              found.put(type.getConstructor(each.getParameterTypes()), each);
            }
          } catch (ReflectiveOperationException | LinkageError e) {
            // Nothing was made beside it.
          }
          return found;
        }
      };

  private final ConnectionManager manager;
  private final ManagedHooks hooks;
  private final WeakHooks<ConnectionHook> connections = new WeakHooks<>();
  private final WeakHooks<Object> statements = new WeakHooks<>();

  /**
   * @param hooks those of connections that are opened from now on
   */
  public LoadedHooks(ConnectionManager manager, ManagedHooks hooks) {
    this.manager = manager;
    this.hooks = hooks;
  }

  @Override
  protected void enterCall(Object connection, int call, Object argument) {
    ConnectionHook hook = null;
    try {
      hook = of(connection);
    } catch (Throwable t) {
      missed("a connection of before", t);
    }
    if (hook != null) {
      hook.enterCall(call, connection, argument);
    }
    push(new Begun(connection, hook, argument, null));
  }

  @Override
  protected void exitCall(Object connection, int call, Throwable failure) {
    Begun begun = pop(connection);
    if (begun == null || begun.hook == null) {
      ended((Connection) connection);
    } else {
      ((ConnectionHook) begun.hook).exitCall(call, connection, begun.argument, failure);
    }
  }

  @Override
  protected void enterPast(Object origin, int call) {
    Object connection = null;
    ConnectionHook hook = null;
    try {
      connection = origin instanceof Connection ? origin : hooks.begunOn(origin);
      if (connection instanceof HookedConnection) {
        hook = hooks.pastStatements(connection);
      } else if (connection != null) {
        hook = of(connection);
      }
    } catch (Throwable t) {
      missed("past statements", t);
    }
    if (hook != null) {
      hook.enterCall(call, connection, null);
    }
    push(new Begun(origin, hook, connection, null));
  }

  @Override
  protected void exitPast(Object origin, int call, Throwable failure) {
    Begun begun = pop(origin);
    if (begun == null || begun.hook == null) {
      // Unknown, too, is what a copy of before was begun on.
      ended(begun == null ? null : (Connection) begun.argument);
    } else {
      ((ConnectionHook) begun.hook).exitCall(call, begun.argument, null, failure);
    }
  }

  @Override
  protected void statementCreated(Object connection, Object statement, String sql, int flags) {
    try {
      ConnectionHook hook = statement == null ? null : of(connection);
      if (hook != null) {
        hook.created(connection, statement, sql, flags);
      }
    } catch (Throwable t) {
      missed("a statement of a connection of before", t);
    }
  }

  @Override
  protected void enter(Object statement, String sql, String driversText, int kind) {
    if (isOfHooked((Statement) statement)) {
      return;
    }
    StatementHook hook = null;
    Object pass = null;
    Boolean first = null;
    try {
      first = statements.get(statement) == null;
      hook = of((Statement) statement, driversText);
    } catch (Throwable t) {
      missed("a statement of before", t);
    }
    if (hook != null) {
      // Never a result: its connection is barred.
      pass = hook.enter(statement, sql, kind);
    }
    push(new Begun(statement, hook, first, pass));
  }

  @Override
  protected void exit(Object statement, Object result, Throwable failure) {
    if (isOfHooked((Statement) statement)) {
      return;
    }
    Begun begun = pop(statement);
    if (begun == null || begun.hook == null) {
      ended(connection(statement));
    } else if (begun.pass instanceof Pass) {
      leave(begun, statement, result, failure);
      if (!Boolean.FALSE.equals(begun.argument)) {
        // What it had left open, of an execution that nobody saw, is closed by now.
        ended(connection(statement));
      }
    }
  }

  @Override
  protected Object enterFinal(StatementHook hook, Object statement, String sql, int kind) {
    Object answer = hook.enter(statement, sql, kind);
    boolean runs =
        answer == null
            || answer instanceof Pass
            || (kind != StatementHook.QUERY && kind != StatementHook.EXECUTE);
    if (runs) {
      push(new Begun(statement, hook, null, answer));
    }
    return runs ? null : answer;
  }

  @Override
  protected void exitFinal(Object statement, Object result, Throwable failure) {
    Begun begun = pop(statement);
    if (begun == null) {
      ended(connection(statement));
    } else if (begun.pass instanceof Pass) {
      leave(begun, statement, result, failure);
    }
  }

  private static void leave(Begun begun, Object statement, Object result, Throwable failure) {
    Pass pass = (Pass) begun.pass;
    StatementHook hook = (StatementHook) begun.hook;
    if (failure == null) {
      pass.exit(hook, statement, result);
    } else {
      pass.failed(hook, statement, failure);
    }
  }

  @Override
  protected Constructor<?> constructor(Constructor<?> kept) {
    try {
      Constructor<?> made = CONSTRUCTORS.get(kept.getDeclaringClass()).get(kept);
      return made == null ? kept : made;
    } catch (Throwable t) {
      manager.fault("a constructor", t);
      return kept;
    }
  }

  @Override
  protected void result(Object statement, Object result) {
    try {
      Object hook = statements.get(statement);
      if (hook instanceof StatementHook) {
        ((StatementHook) hook).masterResult(result);
      }
    } catch (Throwable t) {
      missed("a result of before", t);
    }
  }

  @Override
  protected void statementEnded(Object statement) {
    try {
      Object hook = statements.remove(statement);
      if (hook instanceof StatementHook) {
        ((StatementHook) hook).before(StatementHook.CLOSE, statement);
      } else if (!isOfHooked((Statement) statement)) {
        ended(connection(statement));
      }
    } catch (Throwable t) {
      missed("a statement of before", t);
    }
  }

  @Override
  protected void forgotten(Object statement) {
    try {
      Object hook = statements.remove(statement);
      if (hook instanceof StatementHook) {
        ((StatementHook) hook).before(StatementHook.CLOSE, statement);
      }
    } catch (Throwable t) {
      missed("a statement of before", t);
    }
  }

  @Override
  protected void closed(Object result) {
    try {
      Statement statement = ((ResultSet) result).getStatement();
      boolean followed = isHooked(statement) || statements.get(statement) instanceof StatementHook;
      if (!followed && !isOfHooked(statement)) {
        ended(connection(statement));
      }
    } catch (Throwable t) {
      missed("a result of before", t);
    }
  }

  @Override
  protected void connecting(Object caller, Object url, Object properties) {
    Object token = hooks.connecting(caller, url, properties);
    push(new Connect(caller, url, properties, token));
  }

  @Override
  protected Object target(Object caller, Object url, Object properties) {
    Begun begun = BEGUN.get().peek();
    if (!(begun instanceof Connect)) {
      return url;
    }
    Connect connect = (Connect) begun;
    Object target = hooks.target(connect.pass, connect.driver(), url, properties);
    connect.target = target;
    return target;
  }

  @Override
  protected void connected(Object connection) {
    Begun begun = pop(CONNECT);
    if (begun != null) {
      Connect connect = (Connect) begun;
      hooks.connected(
          connect.pass, connect.driver(), connect.target, connect.properties, connection);
    }
  }

  @Override
  protected void notConnected() {
    Begun begun = pop(CONNECT);
    if (begun != null) {
      hooks.connectFailed(begun.pass);
    }
  }

  private static void push(Begun begun) {
    BEGUN.get().push(begun);
  }

  /**
   * What has begun last with the object. What came after it was not told of its end, which takes a
   * fault such as a stack that is used up.
   *
   * @return null when nothing has
   */
  private static Begun pop(Object object) {
    Deque<Begun> all = BEGUN.get();
    boolean found = false;
    for (Begun each : all) {
      found |= each.object == object;
    }
    Begun newest = null;
    while (found && (newest == null || newest.object != object)) {
      newest = all.pop();
    }
    return newest;
  }

  /** True when both are of classes with hooks: a statement that has none is the driver's own. */
  private static boolean isOfHooked(Statement statement) {
    return statement instanceof HookedStatement
        && connection(statement) instanceof HookedConnection;
  }

  private static Connection connection(Object statement) {
    try {
      return statement == null ? null : ((Statement) statement).getConnection();
    } catch (SQLException e) {
      return null;
    }
  }

  /**
   * Something on a connection has ended of which no hook was told.
   *
   * @param connection null when it is not known
   */
  private void ended(Connection connection) {
    try {
      ConnectionHook hook = connection == null ? null : of(connection);
      if (hook instanceof ManagedConnection) {
        ((ManagedConnection) hook).executedUnknown(ThreadState.current(), null);
      } else if (connection == null || hook instanceof UnfollowedConnection) {
        missed();
      }
    } catch (Throwable t) {
      missed("a connection of before", t);
    }
  }

  /**
   * The hook of a connection of before; null while nothing has to know of it, and when it is
   * closed: then nothing runs on it.
   */
  private ConnectionHook of(Object connection) throws SQLException {
    if (connection instanceof HookedConnection) {
      return ((HookedConnection) connection).rwsplit$hook();
    }
    ConnectionHook known = connections.get(connection);
    if (known == null) {
      ConnectionHook made = hooks.openBefore((Connection) connection);
      known = made == null ? null : connections.putIfAbsent(connection, made);
    }
    return known;
  }

  /** The hook of a statement of before; null when it needs none. */
  private StatementHook of(Statement statement, String driversText) throws SQLException {
    Object known = statements.get(statement);
    if (known == null) {
      Connection connection = connection(statement);
      // Without one it is closed, which its driver will say.
      ConnectionHook hook = connection == null ? null : of(connection);
      if (hook == null) {
        return null;
      }
      Object made = NONE;
      if (hook instanceof ManagedConnection) {
        String sql = null;
        if (statement instanceof PreparedStatement) {
          sql = driversText == null ? PreparedText.of((PreparedStatement) statement) : driversText;
        }
        made = new ManagedStatement((ManagedConnection) hook, sql, ConnectionHook.MASTER_ONLY);
      } else if (hook instanceof UnfollowedConnection) {
        made = ((UnfollowedConnection) hook).statement();
      }
      known = statements.putIfAbsent(statement, made);
    }
    return known instanceof StatementHook ? (StatementHook) known : null;
  }

  private void missed(String where, Throwable fault) {
    missed();
    manager.fault(where, fault);
  }

  /** What was written is covered by no ticket. */
  private void missed() {
    manager.missed();
  }
}
