package io.rwsplit.agent;

import java.io.PrintStream;
import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.Properties;
import java.util.StringTokenizer;

/**
 * Entry of {@code -javaagent:rwsplit.jar}, and of an attachment at run time.
 *
 * <p>Nothing escapes from here: a Throwable that leaves {@code premain} aborts the JVM, and the
 * application must run, split or not.
 */
public final class Agent {
  /** True once the runtime was started in this JVM, or waits for a driver. */
  private static boolean launched;

  private Agent() {}

  /** Called by the JVM before the application's main method. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    try {
      if (isConfigured(arguments) && !isSwitchedOff()) {
        begun();
        Properties properties = (Properties) System.getProperties().clone();
        new DriverWatch(arguments, properties, instrumentation).begin(isWantedAtOnce());
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
        begun();
        Launch.attach(file, instrumentation);
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

  private static synchronized void begun() {
    launched = true;
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

  private static boolean isSwitchedOff() {
    return "false".equalsIgnoreCase(setting("rwsplit.enabled", "RWSPLIT_ENABLED"));
  }

  /**
   * True when something is asked for that does not wait for a driver: an application that may be
   * refused, or a page that is to be there.
   */
  private static boolean isWantedAtOnce() {
    return "true".equalsIgnoreCase(setting("rwsplit.strict", "RWSPLIT_STRICT"))
        || setting("rwsplit.http.port", "RWSPLIT_HTTP_PORT") != null;
  }

  private static String setting(String property, String variable) {
    String value = System.getProperty(property);
    if (value == null) {
      value = System.getenv(variable);
    }
    return value == null ? null : value.trim();
  }

  /** The name of others is that without which theirs do not count. */
  private static boolean isOurs(String name, String prefix) {
    return name.startsWith(prefix) || name.equals("MASTER_DB_PATH");
  }

  /** Says that the agent does nothing, and why. */
  static void complain(Throwable t) {
    PrintStream err = System.err;
    err.println("[rwsplit] could not start; the application runs unsplit: " + t);
    for (StackTraceElement element : t.getStackTrace()) {
      err.println("[rwsplit]     at " + element);
    }
  }
}
