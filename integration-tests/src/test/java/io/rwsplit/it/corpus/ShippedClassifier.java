package io.rwsplit.it.corpus;

import io.rwsplit.it.ShippedClasses;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** The classifier of the shaded jar, loaded as the agent loads it. Not thread-safe. */
final class ShippedClassifier implements AutoCloseable {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(120);

  /** What it says of a text. */
  record Verdict(String kind, String reason, boolean read) {
    @Override
    public String toString() {
      return kind + " " + reason;
    }
  }

  private final ShippedClasses loader;
  private final Object classifier;
  private final Method classify;
  private final Method kind;
  private final Method reason;
  private final Method isRead;

  /** {@code engine}: the name of a constant of {@code Engine}. */
  ShippedClassifier(String engine) throws IOException, ReflectiveOperationException {
    loader = new ShippedClasses();
    Class<?> engines = loader.loadClass("io.rwsplit.engine.Engine");
    Object constant = engines.getMethod("valueOf", String.class).invoke(null, engine);
    Class<?> type = loader.loadClass("io.rwsplit.sql.SqlClassifier");
    Class<?> result = loader.loadClass("io.rwsplit.sql.Classification");
    classifier = type.getConstructor(engines).newInstance(constant);
    classify = type.getMethod("classify", String.class);
    kind = result.getMethod("kind");
    reason = result.getMethod("reason");
    isRead = result.getMethod("isRead");
  }

  /** The settled verdict. */
  Verdict verdict(String sql) {
    try {
      long start = System.nanoTime();
      while (true) {
        Object answer = classify.invoke(classifier, sql);
        String why = reason.invoke(answer).toString();
        boolean settled = !why.equals("CLASSIFYING");
        if (settled || System.nanoTime() - start > DEADLINE_NANOS) {
          return new Verdict(kind.invoke(answer).toString(), why, (boolean) isRead.invoke(answer));
        }
      }
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  /** The functions of the engine that the classifier takes for pure, in lower case. */
  Set<String> pureFunctions() throws ReflectiveOperationException {
    Object dialect = field(classifier, "dialect");
    Set<String> names = new TreeSet<>();
    for (Object name : (Set<?>) field(dialect, "pure")) {
      names.add((String) name);
    }
    return names;
  }

  private static Object field(Object of, String name) throws ReflectiveOperationException {
    Field field = of.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field.get(of);
  }

  @Override
  public void close() throws IOException {
    loader.close();
  }
}
