package legacy.differential;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random sequences of calls of every method that {@code Connection}, {@code Statement}, {@code
 * PreparedStatement}, {@code CallableStatement} and {@code ResultSet} have in the running JDK, with
 * fitting and wrong arguments, on open and closed objects; the same for the same seed, with every
 * outcome printed.
 *
 * <p>Keeps to what the database defines: writes happen while no result is open.
 *
 * <p>Arguments: engine, URL, first seed, number of seeds, calls per seed, file for the counts.
 */
public final class RandomCalls {
  private static final int MOST_STATEMENTS = 4;
  private static final int MOST_RESULTS = 5;
  private static final int ROUTINES = 8;

  private interface Step {
    void run() throws Exception;
  }

  /** A statement and whether its newest execution was served by a replica. */
  private static final class Handle {
    final Statement statement;
    boolean served;
    ResultSet result;

    /** It was told to execute something. */
    boolean ran;

    Handle(Statement statement) {
      this.statement = statement;
    }
  }

  private final CallSite site;
  private final String url;
  private final Random random;
  private final Transcript transcript;
  private final CallArguments arguments;
  private final CallCounts counts;
  private final CallOutcomes outcomes = new CallOutcomes();
  private final List<Step> steps = new ArrayList<>();
  private final List<Handle> statements = new ArrayList<>();
  private final List<ResultSet> results = new ArrayList<>();
  private Connection connection;
  private int made;

  /** The newest execution failed, or it is not known of this connection. */
  private boolean failed;

  /** The application's other connection, and what is open on it; null at first. */
  private Connection other;

  private List<Handle> otherStatements;
  private List<ResultSet> otherResults;

  private RandomCalls(CallSite site, String url, long seed, CallCounts counts) throws Exception {
    this.site = site;
    this.url = url;
    this.random = new Random(seed);
    this.transcript = new Transcript(System.out, seed);
    this.arguments = new CallArguments(random, site);
    this.counts = counts;
    connect();
    add(14, this::create);
    add(40, this::query);
    add(8, this::formOfExecution);
    add(60, this::callResult);
    add(14, this::step);
    add(16, this::callStatement);
    add(16, this::setParameter);
    add(5, this::callConnection);
    add(3, this::closeSomething);
    add(2, this::write);
    add(1, this::transaction);
    add(2, this::reconnect);
    add(1, this::cancel);
    add(2, this::switchConnection);
  }

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    CallSite site = CallSite.of(args[0]);
    long first = Long.parseLong(args[2]);
    int seeds = Integer.parseInt(args[3]);
    int calls = Integer.parseInt(args[4]);
    Path file = Paths.get(args[5]);
    CallCounts counts = new CallCounts();
    CallTables.prepare(site, args[1]);
    CallTables.reset(site, args[1]);
    if (site != CallSite.MYSQL) {
      new KnownCalls(site, args[1]).run();
    }
    for (long seed = first; seed < first + seeds; seed++) {
      CallTables.reset(site, args[1]);
      new RandomCalls(site, args[1], seed, counts).run(calls);
    }
    counts.write(file);
    System.out.println("end");
  }

  private void add(int weight, Step step) {
    for (int i = 0; i < weight; i++) {
      steps.add(step);
    }
  }

  private void run(int calls) throws Exception {
    for (int i = 0; i < calls; i++) {
      steps.get(random.nextInt(steps.size())).run();
      if (connection.isClosed()) {
        // MySQL's driver closes it when it is not valid, also by a wrong argument.
        connect();
      }
    }
    calm();
    // Last: what a routine did to the catalog is not known, so the next reads are the master's.
    for (int i = 0; site.callable && i < ROUTINES; i++) {
      if (i % 4 == 0) {
        invoke(connection, CallMethods.only(Connection.class, "close"));
        connect();
      }
      callRoutine();
    }
    connection.close();
    if (other != null) {
      other.close();
    }
  }

  private void connect() throws SQLException {
    connection = DriverManager.getConnection(url);
    outcomes.name(connection, "C" + ++made);
    statements.clear();
    results.clear();
    arguments.savepoint = null;
    CallTables.think();
  }

  // Steps.

  private void create() throws Exception {
    Method method = pick(creating());
    if (random.nextBoolean()) {
      method =
          random.nextBoolean()
              ? CallMethods.only(Connection.class, "createStatement")
              : Connection.class.getMethod("prepareStatement", String.class);
    }
    Object created = invoke(connection, method, arguments.of(method));
    if (created != null) {
      outcomes.name(created, "S" + ++made);
      statements.add(new Handle((Statement) created));
      if (statements.size() > MOST_STATEMENTS) {
        invoke(statements.remove(0).statement, CallMethods.only(Statement.class, "close"));
      }
    }
  }

  private List<Method> creating() {
    switch (random.nextInt(20)) {
      case 0:
        return site.callable ? CallMethods.PLAIN : CallMethods.CALLABLE;
      case 1:
      case 2:
      case 3:
      case 4:
      case 5:
      case 6:
        return CallMethods.PLAIN;
      default:
        return CallMethods.PREPARE;
    }
  }

  private void query() throws Exception {
    if (statements.isEmpty()) {
      return;
    }
    Handle handle = aStatement();
    boolean prepared = handle.statement instanceof PreparedStatement;
    boolean query = random.nextBoolean();
    Class<?> declaring = prepared ? PreparedStatement.class : Statement.class;
    Class<?>[] types = prepared ? new Class<?>[0] : new Class<?>[] {String.class};
    Method method = declaring.getMethod(query ? "executeQuery" : "execute", types);
    Object returned = invoke(handle.statement, method, arguments.of(method));
    handle.served = false;
    handle.ran = true;
    if (!query && Boolean.TRUE.equals(returned) && random.nextInt(4) > 0) {
      returned = invoke(handle.statement, CallMethods.only(Statement.class, "getResultSet"));
    }
    keep(handle, returned);
  }

  private void keep(Handle handle, Object returned) throws Exception {
    if (returned instanceof ResultSet) {
      handle.result = (ResultSet) returned;
      if (!outcomes.hasName(returned)) {
        outcomes.name(returned, "R" + ++made);
      }
      results.add((ResultSet) returned);
      handle.served = CallCounts.isServed((ResultSet) returned);
      if (results.size() > MOST_RESULTS) {
        invoke(results.remove(0), CallMethods.only(ResultSet.class, "close"));
      }
    }
  }

  private void formOfExecution() throws Exception {
    if (!statements.isEmpty()) {
      Handle handle = aStatement();
      callOn(handle, pick(CallMethods.EXECUTIONS.on(handle.statement)));
    }
  }

  private void callStatement() throws Exception {
    if (!statements.isEmpty()) {
      Handle handle = aStatement();
      callOn(handle, pick(CallMethods.OTHERS.on(handle.statement)));
    }
  }

  private void setParameter() throws Exception {
    if (!statements.isEmpty()) {
      Handle handle = aStatement();
      if (handle.statement instanceof PreparedStatement) {
        callOn(handle, pick(CallMethods.SETTERS.on(handle.statement)));
      }
    }
  }

  private void callOn(Handle handle, Method method) throws Exception {
    Statement goesOn = statements.contains(handle) ? handle.statement : null;
    if ((handle.ran && site.isLeftOut(method, handle.statement))
        || site.isException(method, failed, goesOn, handle.result)) {
      return;
    }
    counts.count(method, handle.served);
    Object returned = invoke(handle.statement, method, arguments.of(method));
    if (method.getName().startsWith("execute")) {
      handle.served = false;
      handle.ran = true;
    }
    keep(handle, returned);
  }

  private void callResult() throws SQLException {
    if (!results.isEmpty()) {
      ResultSet result = results.get(random.nextInt(results.size()));
      Method method = pick(CallMethods.RESULT);
      if (site.isException(method, failed, null, null)) {
        return;
      }
      counts.count(method, CallCounts.isServed(result));
      invoke(result, method, arguments.of(method));
    }
  }

  private void step() throws Exception {
    if (!results.isEmpty()) {
      invoke(
          results.get(random.nextInt(results.size())), CallMethods.only(ResultSet.class, "next"));
    }
  }

  private void callConnection() throws Exception {
    Method method = pick(CallMethods.CONNECTION);
    if (site.isException(method, failed, null, null)) {
      return;
    }
    invoke(connection, method, arguments.of(method));
  }

  private void closeSomething() throws Exception {
    if (random.nextBoolean() && !results.isEmpty()) {
      ResultSet result = results.get(random.nextInt(results.size()));
      counts.count(CallMethods.only(ResultSet.class, "close"), CallCounts.isServed(result));
      invoke(result, CallMethods.only(ResultSet.class, "close"));
    } else if (!statements.isEmpty()) {
      callOn(aStatement(), CallMethods.only(Statement.class, "close"));
    }
  }

  private void write() throws Exception {
    calm();
    boolean plain = random.nextBoolean();
    Object made =
        plain
            ? raw(connection, CallMethods.only(Connection.class, "createStatement"))
            : raw(
                connection,
                Connection.class.getMethod("prepareStatement", String.class),
                arguments.pick(site.preparedWrites));
    Handle handle = new Handle((Statement) made);
    outcomes.name(made, "W");
    if (plain) {
      Method method = pick(CallMethods.WRITES);
      Object[] values = arguments.of(method);
      values[0] = arguments.pick(site.writes);
      invoke(made, method, values);
      if (method.getName().equals("addBatch")) {
        callOn(handle, pick(CallMethods.BATCHES));
      }
    } else {
      invoke(made, PreparedStatement.class.getMethod("setString", int.class, String.class), 1, "n");
      invoke(made, PreparedStatement.class.getMethod("setInt", int.class, int.class), 2, 3);
      if (random.nextBoolean()) {
        callOn(handle, CallMethods.only(PreparedStatement.class, "addBatch"));
      }
      callOn(handle, pick(CallMethods.PREPARED_WRITES));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      callOn(handle, pick(CallMethods.OTHERS.on(handle.statement)));
    }
    invoke(made, CallMethods.only(Statement.class, "close"));
    calm();
    CallTables.think();
  }

  /** A callable statement from its making to its end. */
  private void callRoutine() throws Exception {
    calm();
    Method prepare =
        random.nextInt(6) == 0
            ? pick(CallMethods.CALLABLE)
            : Connection.class.getMethod("prepareCall", String.class);
    Object call = invoke(connection, prepare, arguments.of(prepare));
    if (call == null) {
      return;
    }
    outcomes.name(call, "K");
    Handle handle = new Handle((Statement) call);
    Method set = PreparedStatement.class.getMethod("setInt", int.class, int.class);
    Method register =
        CallableStatement.class.getMethod("registerOutParameter", int.class, int.class);
    for (int i = 1; i <= 3; i++) {
      if (random.nextInt(3) > 0) {
        invoke(call, set, i, 2 * i);
      }
      if (random.nextInt(3) > 0) {
        invoke(call, register, i, random.nextBoolean() ? Types.INTEGER : Types.VARCHAR);
      }
    }
    for (int i = random.nextInt(6); i > 0; i--) {
      callOn(handle, pick(CallMethods.OF_CALLS));
    }
    callOn(handle, pick(CallMethods.PREPARED_WRITES));
    for (int i = random.nextInt(12); i > 0; i--) {
      callOn(
          handle,
          pick(
              random.nextInt(4) > 0
                  ? CallMethods.OF_CALLS
                  : CallMethods.OTHERS.on(handle.statement)));
    }
    calm();
    invoke(call, CallMethods.only(Statement.class, "close"));
    CallTables.think();
  }

  private void transaction() throws Exception {
    calm();
    Method autoCommit = Connection.class.getMethod("setAutoCommit", boolean.class);
    invoke(connection, autoCommit, false);
    for (int i = random.nextInt(6); i >= 0; i--) {
      Method method = pick(CallMethods.TRANSACTION);
      Object returned = invoke(connection, method, arguments.of(method));
      if (returned instanceof Savepoint) {
        arguments.savepoint = (Savepoint) returned;
      }
      if (random.nextBoolean()) {
        write();
      } else {
        query();
      }
    }
    calm();
    invoke(
        connection,
        CallMethods.only(Connection.class, random.nextBoolean() ? "commit" : "rollback"));
    invoke(connection, autoCommit, true);
    CallTables.think();
  }

  private void reconnect() throws Exception {
    if (random.nextInt(4) > 0) {
      calm();
    }
    if (random.nextInt(4) > 0) {
      invoke(connection, CallMethods.only(Connection.class, "close"));
    } else {
      Method abort = CallMethods.only(Connection.class, "abort");
      invoke(connection, abort, arguments.of(abort));
      connection.close();
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      Step[] late = {
        this::callResult,
        this::callStatement,
        this::callConnection,
        this::query,
        this::step,
        this::closeSomething,
        this::create,
      };
      late[random.nextInt(late.length)].run();
    }
    connect();
  }

  /** From another thread, at a quiet point. */
  private void cancel() throws Exception {
    calm();
    create();
    if (!statements.isEmpty()) {
      Handle handle = aStatement();
      counts.count(CallMethods.only(Statement.class, "cancel"), handle.served);
      Thread other =
          new Thread(() -> invoke(handle.statement, CallMethods.only(Statement.class, "cancel")));
      other.start();
      other.join();
    }
    // An interrupt lasts as long as any statement of the connection is under way.
    reconnect();
  }

  /** Goes on with the other connection, and with what was open there. */
  private void switchConnection() throws SQLException {
    Connection left = connection;
    List<Handle> leftStatements = new ArrayList<>(statements);
    List<ResultSet> leftResults = new ArrayList<>(results);
    if (other == null) {
      connect();
    } else {
      connection = other;
      statements.clear();
      statements.addAll(otherStatements);
      results.clear();
      results.addAll(otherResults);
      arguments.savepoint = null;
    }
    other = left;
    otherStatements = leftStatements;
    otherResults = leftResults;
    failed = true;
  }

  /** Closes what is open, so that the coming write meets no result. */
  private void calm() throws Exception {
    calmThis();
    if (other != null) {
      switchConnection();
      calmThis();
      switchConnection();
    }
  }

  private void calmThis() throws Exception {
    for (ResultSet result : results) {
      invoke(result, CallMethods.only(ResultSet.class, "close"));
    }
    results.clear();
    for (Handle handle : statements) {
      invoke(handle.statement, CallMethods.only(Statement.class, "close"));
    }
    statements.clear();
  }

  // How a call is made.

  private Handle aStatement() {
    return statements.get(random.nextInt(statements.size()));
  }

  private Method pick(List<Method> from) {
    return from.get(random.nextInt(from.size()));
  }

  private Object invoke(Object target, Method method, Object... values) {
    StringBuilder what = new StringBuilder(outcomes.name(target));
    what.append(' ').append(CallCounts.key(method));
    for (Object value : values) {
      what.append(' ').append(CallOutcomes.argument(value));
    }
    if (target == connection) {
      counts.count(method, false);
    }
    Object[] returned = new Object[1];
    transcript.call(
        what.toString(),
        () -> {
          failed |= isExecution(method);
          returned[0] = raw(target, method, values);
          failed &= !isExecution(method);
          return returned[0];
        },
        value -> outcomes.of(value, method.getReturnType()));
    return returned[0];
  }

  private static boolean isExecution(Method method) {
    return method.getName().startsWith("execute");
  }

  private static Object raw(Object target, Method method, Object... values) throws Exception {
    try {
      return method.invoke(target, values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception) {
        throw (Exception) e.getCause();
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
