package io.rwsplit.weave;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.Collections;
import java.util.Map;
import java.util.Set;

/**
 * Defines classes in a loader of the application's, beside those of a package that it has loaded:
 * by the JDK's own Unsafe, since {@code Lookup.defineClass} needs a lookup inside of that package.
 * Thread-safe.
 */
final class ClassDefinition {
  private final Object unsafe;
  private final Method define;

  ClassDefinition(Instrumentation instrumentation) throws ReflectiveOperationException {
    this.unsafe = unsafe(instrumentation);
    this.define =
        unsafe
            .getClass()
            .getMethod(
                "defineClass",
                String.class,
                byte[].class,
                int.class,
                int.class,
                ClassLoader.class,
                ProtectionDomain.class);
  }

  /** Defines a class; a LinkageError says that the loader has one of that name. */
  Class<?> define(String internalName, byte[] bytes, Class<?> neighbour)
      throws ReflectiveOperationException {
    try {
      return (Class<?>)
          define.invoke(
              unsafe,
              internalName,
              bytes,
              0,
              bytes.length,
              neighbour.getClassLoader(),
              neighbour.getProtectionDomain());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof LinkageError) {
        throw (LinkageError) e.getCause();
      }
      throw e;
    }
  }

  private static Object unsafe(Instrumentation instrumentation)
      throws ReflectiveOperationException {
    Method getModule;
    try {
      getModule = Class.class.getMethod("getModule");
    } catch (NoSuchMethodException java8) {
      Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
      field.setAccessible(true);
      return field.get(null);
    }
    Object ours = getModule.invoke(ClassDefinition.class);
    Set<?> none = Collections.emptySet();
    Map<String, Set<Object>> exports =
        Collections.singletonMap("jdk.internal.misc", Collections.singleton(ours));
    redefine(instrumentation, getModule.invoke(Object.class), none, exports);
    return Class.forName("jdk.internal.misc.Unsafe").getMethod("getUnsafe").invoke(null);
  }

  /** Lets the module of a driver read the boot loader's unnamed one, where our classes are. */
  static void letRead(Instrumentation instrumentation, Class<?> driver, Class<?> ours)
      throws ReflectiveOperationException {
    Method getModule;
    try {
      getModule = Class.class.getMethod("getModule");
    } catch (NoSuchMethodException java8) {
      return;
    }
    Object module = getModule.invoke(driver);
    if (Boolean.TRUE.equals(module.getClass().getMethod("isNamed").invoke(module))) {
      Set<?> read = Collections.singleton(getModule.invoke(ours));
      redefine(instrumentation, module, read, Collections.<String, Set<Object>>emptyMap());
    }
  }

  private static void redefine(
      Instrumentation instrumentation,
      Object module,
      Set<?> reads,
      Map<String, Set<Object>> exports)
      throws ReflectiveOperationException {
    Map<?, ?> nothing = Collections.emptyMap();
    Instrumentation.class
        .getMethod(
            "redefineModule",
            Class.forName("java.lang.Module"),
            Set.class,
            Map.class,
            Map.class,
            Set.class,
            Map.class)
        .invoke(instrumentation, module, reads, exports, nothing, Collections.emptySet(), nothing);
  }
}
