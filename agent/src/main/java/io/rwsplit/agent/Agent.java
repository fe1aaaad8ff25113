package io.rwsplit.agent;

import java.io.File;
import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.jar.JarFile;

/**
 * Entry of {@code -javaagent:rwsplit.jar}, and of an attachment at run time.
 *
 * <p>Nothing escapes from here: a Throwable that leaves {@code premain} aborts the JVM, and the
 * application must run, split or not.
 */
public final class Agent {
  private static final String LAUNCHER = "io.rwsplit.core.Launcher";

  /** True once the runtime was started in this JVM. */
  private static boolean launched;

  private Agent() {}

  /** Called by the JVM before the application's main method. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    try {
      if (isConfigured(arguments)) {
        launch("launch", arguments, instrumentation);
      }
    } catch (Throwable t) {
      complain(t);
    }
  }

  /**
   * Called by the JVM when the agent is attached while the application runs.
   *
   * @param arguments the path of a file with settings, or settings as in {@code
   *     rwsplit.master=…;rwsplit.replicas=…}, which count where the JVM has no system property of
   *     the name; may be null or empty
   */
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    try {
      if (isLaunched()) {
        System.err.println("[rwsplit] is in this JVM already; attaching it again changes nothing");
        return;
      }
      boolean settings = arguments != null && arguments.trim().startsWith("rwsplit.");
      boolean inPlace = settings && arguments.indexOf('=') > 0;
      if (inPlace) {
        set(arguments);
      }
      String file = inPlace ? null : arguments;
      if (isConfigured(file)) {
        launch("attach", file, instrumentation);
      } else {
        System.err.println("[rwsplit] was attached without configuration, and does nothing");
      }
    } catch (Throwable t) {
      complain(t);
    }
  }

  private static synchronized boolean isLaunched() {
    return launched;
  }

  private static void set(String arguments) {
    StringTokenizer settings = new StringTokenizer(arguments, ";");
    while (settings.hasMoreTokens()) {
      String setting = settings.nextToken().trim();
      int equals = setting.indexOf('=');
      if (equals <= 0 || !setting.startsWith("rwsplit.")) {
        throw new IllegalArgumentException(
            "its arguments are to be rwsplit.name=value;rwsplit.name=value");
      }
      String name = setting.substring(0, equals).trim();
      if (System.getProperty(name) == null) {
        System.setProperty(name, setting.substring(equals + 1).trim());
      }
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

  private static synchronized void launch(
      String how, String arguments, Instrumentation instrumentation) throws Throwable {
    launched = true;
    File file = new File(Agent.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // Never closed: the isolated loader reads classes from it for as long as the JVM runs.
    JarFile jar = new JarFile(file, false);
    if (jar.getEntry(IsolatedClassLoader.PREFIX + LAUNCHER.replace('.', '/') + ".classdata")
        == null) {
      jar.close();
      throw new IllegalStateException(file + " is not a complete rwsplit.jar");
    }
    BootClasses.define(jar, instrumentation, how.equals("attach"));
    IsolatedClassLoader loader = new IsolatedClassLoader(file, jar);
    try {
      Class.forName(LAUNCHER, true, loader)
          .getMethod(how, Instrumentation.class, String.class)
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
