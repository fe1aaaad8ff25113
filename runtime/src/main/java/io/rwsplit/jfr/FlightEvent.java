package io.rwsplit.jfr;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * One kind of event with fields of text, made by {@code jdk.jfr.EventFactory}. By reflection, since
 * what is compiled for Java 8 cannot name Flight Recorder's classes. Thread-safe.
 */
final class FlightEvent {
  private static final String PACKAGE = "jdk.jfr.";

  private final Object factory;
  private final Object type;
  private final Method newEvent;
  private final Method isEnabled;
  private final Method set;
  private final Method shouldCommit;
  private final Method commit;

  /**
   * Makes the kind known to the JVM.
   *
   * @param name without the package
   * @param enabled what holds where a recording says nothing
   */
  FlightEvent(String name, String label, boolean enabled, String[] fields)
      throws ReflectiveOperationException {
    Class<?> factories = Class.forName(PACKAGE + "EventFactory");
    Class<?> event = Class.forName(PACKAGE + "Event");
    List<Object> annotations = new ArrayList<>();
    annotations.add(annotation("Name", "io.rwsplit." + name));
    annotations.add(annotation("Label", label));
    annotations.add(annotation("Category", new String[] {"rwsplit"}));
    annotations.add(annotation("Enabled", enabled));
    annotations.add(annotation("StackTrace", false));
    Constructor<?> descriptor =
        Class.forName(PACKAGE + "ValueDescriptor").getConstructor(Class.class, String.class);
    List<Object> values = new ArrayList<>();
    for (String field : fields) {
      values.add(descriptor.newInstance(String.class, field));
    }
    factory =
        factories.getMethod("create", List.class, List.class).invoke(null, annotations, values);
    type = factories.getMethod("getEventType").invoke(factory);
    isEnabled = type.getClass().getMethod("isEnabled");
    newEvent = factories.getMethod("newEvent");
    set = event.getMethod("set", int.class, Object.class);
    shouldCommit = event.getMethod("shouldCommit");
    commit = event.getMethod("commit");
  }

  private static Object annotation(String name, Object value) throws ReflectiveOperationException {
    Class<? extends Annotation> kind = Class.forName(PACKAGE + name).asSubclass(Annotation.class);
    return Class.forName(PACKAGE + "AnnotationElement")
        .getConstructor(Class.class, Object.class)
        .newInstance(kind, value);
  }

  /** True while somebody records it. */
  boolean isEnabled() {
    try {
      return (Boolean) isEnabled.invoke(type);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return false;
    }
  }

  /** It has happened; recorded when somebody records it, and lost when that fails. */
  void commit(String... values) {
    if (!isEnabled()) {
      return;
    }
    try {
      Object event = newEvent.invoke(factory);
      if ((Boolean) shouldCommit.invoke(event)) {
        for (int i = 0; i < values.length; i++) {
          set.invoke(event, i, values[i]);
        }
        commit.invoke(event);
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // An event less.
      return;
    }
  }
}
