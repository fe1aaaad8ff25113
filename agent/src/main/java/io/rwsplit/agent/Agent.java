package io.rwsplit.agent;

import java.io.File;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.jar.JarFile;

/**
 * Entry of {@code -javaagent:rwsplit.jar}.
 *
 * <p>Nothing escapes from here: a Throwable that leaves {@code premain} aborts the JVM, and the
 * application must run, split or not.
 */
public final class Agent {
  private static final String LAUNCHER = "io.rwsplit.core.Launcher";

  private Agent() {}

  /** Called by the JVM before the application's main method. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    try {
      if (isConfigured(arguments)) {
        launch(arguments, instrumentation);
      }
    } catch (Throwable t) {
      complain(t);
    }
  }

  /** A look at names only: without any of ours the application runs as without the agent. */
  private static boolean isConfigured(String arguments) {
    if (arguments != null && !arguments.trim().isEmpty()) {
      return true;
    }
    for (Object name : System.getProperties().keySet()) {
      if (name instanceof String && isOurs((String) name, "rwsplit.")) {
        return true;
      }
    }
    for (Map.Entry<String, String> variable : System.getenv().entrySet()) {
      if (isOurs(variable.getKey(), "RWSPLIT_")) {
        return true;
      }
    }
    return false;
  }

  /** The name of others is that without which theirs do not count. */
  private static boolean isOurs(String name, String prefix) {
    return name.startsWith(prefix) || name.equals("MASTER_DB_PATH");
  }

  private static void launch(String arguments, Instrumentation instrumentation) throws Throwable {
    File file = new File(Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // Never closed: the isolated loader reads classes from it for as long as the JVM runs.
    JarFile jar = new JarFile(file, false);
    if (jar.getEntry(IsolatedClassLoader.PREFIX + LAUNCHER.replace('.', '/') + ".classdata")
        == null) {
      jar.close();
      throw new IllegalStateException(file + " is not a complete rwsplit.jar");
    }
    BootClasses.define(jar, instrumentation);
    IsolatedClassLoader loader = new IsolatedClassLoader(file, jar);
    try {
      Class.forName(LAUNCHER, true, loader)
          .getMethod("launch", Instrumentation.class, String.class)
          .invoke(null, instrumentation, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static void complain(Throwable t) {
    PrintStream err = System.err;
    err.println("[rwsplit] could not start; the application runs unsplit: " + t);
    for (StackTraceElement element : t.getStackTrace()) {
      err.println("[rwsplit]     at " + element);
    }
  }
}
