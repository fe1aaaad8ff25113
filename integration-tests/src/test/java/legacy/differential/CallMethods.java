package legacy.differential;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** The methods of the JDBC interfaces of the running JDK, by what the random calls use them for. */
final class CallMethods {
  /** Of {@code Statement} and the interfaces below it, by interface. */
  static final class OfStatement {
    private final List<Method> plain;
    private final List<Method> prepared;
    private final List<Method> callable;

    OfStatement(Predicate<Method> wanted) {
      plain = of(Statement.class, wanted);
      prepared = of(PreparedStatement.class, wanted);
      callable = of(CallableStatement.class, wanted);
    }

    List<Method> on(Statement statement) {
      if (statement instanceof CallableStatement) {
        return callable;
      }
      return statement instanceof PreparedStatement ? prepared : plain;
    }
  }

  private static final String LIFE = "close abort";
  private static final String CREATING = "createStatement prepareStatement prepareCall";
  private static final String ENDS = "commit rollback setSavepoint releaseSavepoint";

  static final List<Method> PLAIN = of(Connection.class, named("createStatement"));
  static final List<Method> PREPARE = of(Connection.class, named("prepareStatement"));
  static final List<Method> CALLABLE = of(Connection.class, named("prepareCall"));
  static final List<Method> TRANSACTION = of(Connection.class, named(ENDS));

  /** What can be asked of a connection at any time. */
  static final List<Method> CONNECTION =
      of(Connection.class, named(LIFE + " setAutoCommit " + CREATING + " " + ENDS).negate());

  static final List<Method> RESULT = of(ResultSet.class, named("close").negate());

  static final OfStatement EXECUTIONS =
      new OfStatement(method -> isExecution(method) || method.getName().endsWith("Batch"));

  /** What can be asked of a statement at any time. */
  static final OfStatement OTHERS =
      new OfStatement(
          method ->
              !isExecution(method)
                  && !method.getName().endsWith("Batch")
                  && !isParameter(method)
                  && !named("close cancel").test(method));

  /** What callable statements have on top of prepared ones. */
  static final List<Method> OF_CALLS =
      of(CallableStatement.class, method -> method.getDeclaringClass() == CallableStatement.class);

  static final OfStatement SETTERS = new OfStatement(CallMethods::isParameter);

  /** Forms in which a text is written. */
  static final List<Method> WRITES =
      of(
          Statement.class,
          method ->
              named("execute executeUpdate executeLargeUpdate addBatch").test(method)
                  && method.getParameterCount() > 0);

  static final List<Method> PREPARED_WRITES =
      of(
          PreparedStatement.class,
          method ->
              named("execute executeUpdate executeLargeUpdate executeBatch executeLargeBatch")
                      .test(method)
                  && method.getParameterCount() == 0);

  static final List<Method> BATCHES = of(Statement.class, named("executeBatch executeLargeBatch"));

  private CallMethods() {}

  private static boolean isExecution(Method method) {
    return method.getName().startsWith("execute");
  }

  private static boolean isParameter(Method method) {
    return method.getName().startsWith("set")
        && PreparedStatement.class.isAssignableFrom(method.getDeclaringClass());
  }

  private static Predicate<Method> named(String names) {
    List<String> list = Arrays.asList(names.split(" "));
    return method -> list.contains(method.getName());
  }

  private static List<Method> of(Class<?> type, Predicate<Method> wanted) {
    List<Method> found = new ArrayList<>();
    for (Method method : type.getMethods()) {
      boolean real = !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic();
      if (real && method.getDeclaringClass().isInterface() && wanted.test(method)) {
        found.add(method);
      }
    }
    found.sort(Comparator.comparing(CallCounts::key));
    return found;
  }

  /** The only method of that name; for those without parameters, the one without. */
  static Method only(Class<?> type, String name) {
    Method found = null;
    for (Method method : of(type, named(name))) {
      if (found == null || method.getParameterCount() < found.getParameterCount()) {
        found = method;
      }
    }
    return found;
  }
}
