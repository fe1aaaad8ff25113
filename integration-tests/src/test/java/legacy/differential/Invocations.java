package legacy.differential;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;

/** Makes the random calls: by reflection, counted, and printed with their outcomes. */
final class Invocations {
  private final Transcript transcript;
  private final CallCounts counts;
  private final CallOutcomes outcomes = new CallOutcomes();
  private int numbered;

  /** The newest execution failed, or it is not known of this connection. */
  boolean failed;

  Invocations(Transcript transcript, CallCounts counts) {
    this.transcript = transcript;
    this.counts = counts;
  }

  /** What the object is called in the transcript from now on. */
  void name(Object object, String name) {
    outcomes.name(object, name);
  }

  /** The same with the next number. */
  void number(Object object, String kind) {
    outcomes.name(object, kind + ++numbered);
  }

  boolean hasName(Object object) {
    return outcomes.hasName(object);
  }

  /** Makes a call of the transcript; returns null also when it throws. */
  Object invoke(Object target, Method method, Object... values) {
    StringBuilder what = new StringBuilder(outcomes.name(target));
    what.append(' ').append(CallCounts.key(method));
    for (Object value : values) {
      what.append(' ').append(CallOutcomes.argument(value));
    }
    if (target instanceof Connection) {
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

  /** Makes a call that is not printed. */
  static Object raw(Object target, Method method, Object... values) throws Exception {
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
