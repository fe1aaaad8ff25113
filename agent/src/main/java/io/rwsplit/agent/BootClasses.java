package io.rwsplit.agent;

import java.io.DataInputStream;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Defines the classes that woven drivers call in the boot loader.
 *
 * <p>Directly, since {@code appendToBootstrapClassLoaderSearch} switches class data sharing off for
 * appended classes, says so on standard output, and keeps a JDK 25 with an AOT cache from starting.
 * They are in a {@code java.*} package, which the loaders of OSGi containers and JBoss modules
 * delegate without being told to. Appending a temporary jar is the fallback.
 */
final class BootClasses {
  private static final String PREFIX = "boot/";
  private static final String SUFFIX = ".classdata";
  private static final String PACKAGE = "java/rwsplit/";

  /**
   * All classes of the package, superclasses first. A list, since looking through all entries of
   * the jar for them costs 5 ms of CPU.
   */
  private static final String[] NAMES = {
    "Call",
    "ConnectionHook",
    "ConnectionHook$1",
    "HookFactory",
    "HookFactory$1",
    "HookedConnection",
    "HookedResult",
    "HookedRows",
    "HookedStatement",
    "Hooks",
    "Pass",
    "RowsHook",
    "Setter",
    "Setting",
    "StatementHook"
  };

  /** What only drivers call that were loaded before the agent. */
  private static final String WHEN_ATTACHED = "Loaded";

  private BootClasses() {}

  /**
   * @param attached true in a JVM that ran already
   */
  static void define(JarFile jar, Instrumentation instrumentation, boolean attached)
      throws IOException {
    Map<String, byte[]> classes = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(Arrays.asList(NAMES));
    if (attached) {
      names.add(WHEN_ATTACHED);
    }
    for (String name : names) {
      JarEntry entry = jar.getJarEntry(PREFIX + PACKAGE + name + SUFFIX);
      if (entry == null) {
        throw new FileNotFoundException(PREFIX + PACKAGE + name + SUFFIX);
      }
      classes.put(PACKAGE + name, read(jar, entry));
    }
    try {
      defineDirectly(classes, instrumentation);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      append(classes, instrumentation);
    }
  }

  private static byte[] read(JarFile jar, JarEntry entry) throws IOException {
    byte[] bytes = new byte[(int) entry.getSize()];
    try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
      in.readFully(bytes);
    }
    return bytes;
  }

  private static void defineDirectly(Map<String, byte[]> classes, Instrumentation instrumentation)
      throws ReflectiveOperationException {
    Object unsafe = unsafe(instrumentation);
    Method define =
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
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      byte[] bytes = each.getValue();
      define.invoke(unsafe, each.getKey(), bytes, 0, bytes.length, null, null);
    }
  }

  /** The JDK's own Unsafe, whose {@code defineClass} takes the boot loader as null. */
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
    Object javaBase = getModule.invoke(Object.class);
    Object ours = getModule.invoke(BootClasses.class);
    Set<?> none = Collections.emptySet();
    Map<?, ?> nothing = Collections.emptyMap();
    Map<String, Set<Object>> exports =
        Collections.singletonMap("jdk.internal.misc", Collections.singleton(ours));
    Instrumentation.class
        .getMethod(
            "redefineModule",
            Class.forName("java.lang.Module"),
            Set.class,
            Map.class,
            Map.class,
            Set.class,
            Map.class)
        .invoke(instrumentation, javaBase, none, exports, nothing, none, nothing);
    return Class.forName("jdk.internal.misc.Unsafe").getMethod("getUnsafe").invoke(null);
  }

  private static void append(Map<String, byte[]> classes, Instrumentation instrumentation)
      throws IOException {
    File file = File.createTempFile("rwsplit-boot", ".jar");
    file.deleteOnExit();
    try (JarOutputStream out = new JarOutputStream(new FileOutputStream(file))) {
      for (Map.Entry<String, byte[]> each : classes.entrySet()) {
        out.putNextEntry(new JarEntry(each.getKey() + ".class"));
        out.write(each.getValue());
        out.closeEntry();
      }
    }
    instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(file));
  }
}
