package io.rwsplit.agent;

import java.io.File;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.Properties;
import java.util.jar.JarFile;

/** Loads the runtime into a loader of its own, and hands over to it. Stateless. */
final class Launch {
  private static final String LAUNCHER = "io.rwsplit.core.Launcher";

  private Launch() {}

  /**
   * In a JVM whose drivers are not loaded yet.
   *
   * @param argument what follows {@code -javaagent:rwsplit.jar=}; may be null
   * @param properties the system properties as they were at the start
   * @return what weaves the drivers; null when nothing is to be woven
   */
  static ClassFileTransformer start(
      String argument, Properties properties, Instrumentation instrumentation) throws Throwable {
    Class<?> launcher = launcher(instrumentation, false);
    return (ClassFileTransformer)
        call(
            launcher,
            "launch",
            new Class<?>[] {Instrumentation.class, String.class, Properties.class},
            instrumentation,
            argument,
            properties);
  }

  /**
   * In a JVM that has run for a while.
   *
   * @param file the path of a file with settings; may be null
   */
  static void attach(String file, Instrumentation instrumentation) throws Throwable {
    Class<?> launcher = launcher(instrumentation, true);
    call(
        launcher,
        "attach",
        new Class<?>[] {Instrumentation.class, String.class},
        instrumentation,
        file);
  }

  private static Class<?> launcher(Instrumentation instrumentation, boolean attached)
      throws Exception {
    File file = new File(Launch.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // Never closed: the isolated loader reads classes from it for as long as the JVM runs.
    JarFile jar = new JarFile(file, false);
    if (jar.getEntry(IsolatedClassLoader.PREFIX + LAUNCHER.replace('.', '/') + ".classdata")
        == null) {
      jar.close();
      throw new IllegalStateException(file + " is not a complete rwsplit.jar");
    }
    BootClasses.define(jar, instrumentation, attached);
    return Class.forName(LAUNCHER, true, new IsolatedClassLoader(file, jar));
  }

  private static Object call(
      Class<?> launcher, String method, Class<?>[] parameters, Object... arguments)
      throws Throwable {
    try {
      return launcher.getMethod(method, parameters).invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
