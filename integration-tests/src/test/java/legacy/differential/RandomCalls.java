package legacy.differential;

import java.lang.reflect.Method;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import legacy.differential.OpenObjects.Handle;

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
  private static final int ROUTINES = 8;

  /** Not where faults may keep the one connection of {@link KnownCalls} on the master. */
  private static final boolean KNOWN =
      Boolean.parseBoolean(System.getProperty("legacy.differential.known", "true"));

  private interface Step {
    void run() throws Exception;
  }

  private final CallSite site;
  private final Random random;
  private final Invocations calls;
  private final OpenObjects open;
  private final CallArguments arguments;
  private final CallCounts counts;
  private final List<Step> steps = new ArrayList<>();

  private RandomCalls(CallSite site, String url, long seed, CallCounts counts) throws Exception {
    this.site = site;
    this.random = new Random(seed);
    this.calls = new Invocations(new Transcript(System.out, seed), counts);
    this.arguments = new CallArguments(random, site);
    this.counts = counts;
    this.open = new OpenObjects(url, random, arguments, calls);
    open.connect();
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
    add(2, open::change);
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
    if (site != CallSite.MYSQL && KNOWN) {
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

  private void run(int number) throws Exception {
    for (int i = 0; i < number; i++) {
      steps.get(random.nextInt(steps.size())).run();
      if (open.connection.isClosed()) {
        // MySQL's driver closes it when it is not valid, also by a wrong argument.
        open.connect();
      }
    }
    open.calm();
    // Last: what a routine did to the catalog is not known, so the next reads are the master's.
    for (int i = 0; site.callable && i < ROUTINES; i++) {
      if (i % 4 == 0) {
        calls.invoke(open.connection, CallMethods.only(Connection.class, "close"));
        open.connect();
      }
      callRoutine();
    }
    open.close();
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
    Object created = calls.invoke(open.connection, method, arguments.of(method));
    if (created != null) {
      calls.number(created, "S");
      open.statements.add(new Handle((Statement) created));
      if (open.statements.size() > MOST_STATEMENTS) {
        calls.invoke(
            open.statements.remove(0).statement, CallMethods.only(Statement.class, "close"));
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
    if (open.statements.isEmpty()) {
      return;
    }
    Handle handle = open.statement();
    boolean prepared = handle.statement instanceof PreparedStatement;
    boolean query = random.nextBoolean();
    Class<?> declaring = prepared ? PreparedStatement.class : Statement.class;
    Class<?>[] types = prepared ? new Class<?>[0] : new Class<?>[] {String.class};
    Method method = declaring.getMethod(query ? "executeQuery" : "execute", types);
    Object returned = calls.invoke(handle.statement, method, arguments.of(method));
    handle.served = false;
    handle.ran = true;
    if (!query && Boolean.TRUE.equals(returned) && random.nextInt(4) > 0) {
      returned = calls.invoke(handle.statement, CallMethods.only(Statement.class, "getResultSet"));
    }
    open.keep(handle, returned);
  }

  private void formOfExecution() throws Exception {
    if (!open.statements.isEmpty()) {
      Handle handle = open.statement();
      callOn(handle, pick(CallMethods.EXECUTIONS.on(handle.statement)));
    }
  }

  private void callStatement() throws Exception {
    if (!open.statements.isEmpty()) {
      Handle handle = open.statement();
      callOn(handle, pick(CallMethods.OTHERS.on(handle.statement)));
    }
  }

  private void setParameter() throws Exception {
    if (!open.statements.isEmpty()) {
      Handle handle = open.statement();
      if (handle.statement instanceof PreparedStatement) {
        callOn(handle, pick(CallMethods.SETTERS.on(handle.statement)));
      }
    }
  }

  private void callOn(Handle handle, Method method) throws Exception {
    Statement goesOn = open.statements.contains(handle) ? handle.statement : null;
    if ((handle.ran && site.isLeftOut(method, handle.statement))
        || site.isException(method, calls.failed, goesOn, handle.result)) {
      return;
    }
    counts.count(method, handle.served);
    Object returned = calls.invoke(handle.statement, method, arguments.of(method));
    if (method.getName().startsWith("execute")) {
      handle.served = false;
      handle.ran = true;
    }
    open.keep(handle, returned);
  }

  private void callResult() throws SQLException {
    if (!open.results.isEmpty()) {
      ResultSet result = open.results.get(random.nextInt(open.results.size()));
      Method method = pick(CallMethods.RESULT);
      if (site.isException(method, calls.failed, null, null)) {
        return;
      }
      counts.count(method, CallCounts.isServed(result));
      calls.invoke(result, method, arguments.of(method));
    }
  }

  private void step() throws Exception {
    if (!open.results.isEmpty()) {
      calls.invoke(
          open.results.get(random.nextInt(open.results.size())),
          CallMethods.only(ResultSet.class, "next"));
    }
  }

  private void callConnection() throws Exception {
    Method method = pick(CallMethods.CONNECTION);
    if (site.isException(method, calls.failed, null, null)) {
      return;
    }
    calls.invoke(open.connection, method, arguments.of(method));
  }

  private void closeSomething() throws Exception {
    if (random.nextBoolean() && !open.results.isEmpty()) {
      ResultSet result = open.results.get(random.nextInt(open.results.size()));
      counts.count(CallMethods.only(ResultSet.class, "close"), CallCounts.isServed(result));
      calls.invoke(result, CallMethods.only(ResultSet.class, "close"));
    } else if (!open.statements.isEmpty()) {
      callOn(open.statement(), CallMethods.only(Statement.class, "close"));
    }
  }

  private void write() throws Exception {
    open.calm();
    boolean plain = random.nextBoolean();
    Object made =
        plain
            ? Invocations.raw(
                open.connection, CallMethods.only(Connection.class, "createStatement"))
            : Invocations.raw(
                open.connection,
                Connection.class.getMethod("prepareStatement", String.class),
                arguments.pick(site.preparedWrites));
    Handle handle = new Handle((Statement) made);
    calls.name(made, "W");
    if (plain) {
      Method method = pick(CallMethods.WRITES);
      Object[] values = arguments.of(method);
      values[0] = arguments.pick(site.writes);
      calls.invoke(made, method, values);
      if (method.getName().equals("addBatch")) {
        callOn(handle, pick(CallMethods.BATCHES));
      }
    } else {
      calls.invoke(
          made, PreparedStatement.class.getMethod("setString", int.class, String.class), 1, "n");
      calls.invoke(made, PreparedStatement.class.getMethod("setInt", int.class, int.class), 2, 3);
      if (random.nextBoolean()) {
        callOn(handle, CallMethods.only(PreparedStatement.class, "addBatch"));
      }
      callOn(handle, pick(CallMethods.PREPARED_WRITES));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      callOn(handle, pick(CallMethods.OTHERS.on(handle.statement)));
    }
    calls.invoke(made, CallMethods.only(Statement.class, "close"));
    open.calm();
    CallTables.think();
  }

  /** A callable statement from its making to its end. */
  private void callRoutine() throws Exception {
    open.calm();
    Method prepare =
        random.nextInt(6) == 0
            ? pick(CallMethods.CALLABLE)
            : Connection.class.getMethod("prepareCall", String.class);
    Object call = calls.invoke(open.connection, prepare, arguments.of(prepare));
    if (call == null) {
      return;
    }
    calls.name(call, "K");
    Handle handle = new Handle((Statement) call);
    Method set = PreparedStatement.class.getMethod("setInt", int.class, int.class);
    Method register =
        CallableStatement.class.getMethod("registerOutParameter", int.class, int.class);
    for (int i = 1; i <= 3; i++) {
      if (random.nextInt(3) > 0) {
        calls.invoke(call, set, i, 2 * i);
      }
      if (random.nextInt(3) > 0) {
        calls.invoke(call, register, i, random.nextBoolean() ? Types.INTEGER : Types.VARCHAR);
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
    open.calm();
    calls.invoke(call, CallMethods.only(Statement.class, "close"));
    CallTables.think();
  }

  private void transaction() throws Exception {
    open.calm();
    Method autoCommit = Connection.class.getMethod("setAutoCommit", boolean.class);
    calls.invoke(open.connection, autoCommit, false);
    for (int i = random.nextInt(6); i >= 0; i--) {
      Method method = pick(CallMethods.TRANSACTION);
      Object returned = calls.invoke(open.connection, method, arguments.of(method));
      if (returned instanceof Savepoint) {
        arguments.savepoint = (Savepoint) returned;
      }
      if (random.nextBoolean()) {
        write();
      } else {
        query();
      }
    }
    open.calm();
    calls.invoke(
        open.connection,
        CallMethods.only(Connection.class, random.nextBoolean() ? "commit" : "rollback"));
    calls.invoke(open.connection, autoCommit, true);
    CallTables.think();
  }

  private void reconnect() throws Exception {
    if (random.nextInt(4) > 0) {
      open.calm();
    }
    if (random.nextInt(4) > 0) {
      calls.invoke(open.connection, CallMethods.only(Connection.class, "close"));
    } else {
      Method abort = CallMethods.only(Connection.class, "abort");
      calls.invoke(open.connection, abort, arguments.of(abort));
      open.connection.close();
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
    open.connect();
  }

  /** From another thread, at a quiet point. */
  private void cancel() throws Exception {
    open.calm();
    create();
    if (!open.statements.isEmpty()) {
      Handle handle = open.statement();
      counts.count(CallMethods.only(Statement.class, "cancel"), handle.served);
      Thread other =
          new Thread(
              () -> calls.invoke(handle.statement, CallMethods.only(Statement.class, "cancel")));
      other.start();
      other.join();
    }
    // An interrupt lasts as long as any statement of the connection is under way.
    reconnect();
  }

  // How a call is made.

  private Method pick(List<Method> from) {
    return from.get(random.nextInt(from.size()));
  }
}
