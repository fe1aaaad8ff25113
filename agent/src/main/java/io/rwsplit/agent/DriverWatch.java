package io.rwsplit.agent;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Properties;

/**
 * Starts the runtime when the first class of a driver is loaded, or soon after the JVM's start, and
 * passes drivers' classes on to it from then on. Until then the agent is this class: the start of
 * an application without a database costs no more than any agent does.
 *
 * <p>Thread-safe. Whoever loads a class of a driver waits until the runtime has started, so that
 * none is missed. While it starts, no class is loaded from the application's loaders: their locks
 * may be held by those who wait.
 */
final class DriverWatch implements ClassFileTransformer, Runnable {
  /**
   * How the names of classes begin that the runtime weaves, those of {@code Engine.classPrefixes()}
   * and Tomcat's loaders. Here, since asking {@code Engine} means starting the runtime.
   */
  static final String[] PREFIXES = {
    "org/sqlite/",
    "org/postgresql/",
    "org/mariadb/jdbc/",
    "com/mysql/cj/",
    "com/mysql/jdbc/",
    "org/h2/",
    "org/apache/catalina/loader/WebappClassLoaderBase"
  };

  /**
   * After so many milliseconds the configuration is read without a driver, too: whoever waits for
   * connections, or mistyped the name of the driver's database, is to hear of mistakes.
   */
  private static final long LATEST = 3_000;

  private final Object starting = new Object();
  private final String argument;

  /** Null once the runtime has started: there may be passwords in them. Guarded by the lock. */
  private Properties properties;

  private final Instrumentation instrumentation;
  private boolean begun;
  private volatile boolean started;
  private ClassFileTransformer runtime;

  /**
   * @param argument what follows {@code -javaagent:rwsplit.jar=}; may be null
   * @param properties a copy of the system properties
   */
  DriverWatch(String argument, Properties properties, Instrumentation instrumentation) {
    this.argument = argument;
    this.properties = properties;
    this.instrumentation = instrumentation;
  }

  /** Begins to watch. The runtime starts at once, or when it is needed. */
  void begin(boolean atOnce) {
    instrumentation.addTransformer(this);
    if (atOnce) {
      start();
      return;
    }
    Thread thread = new Thread(this, "rwsplit-start");
    thread.setDaemon(true);
    // Nobody's: a web application that is undeployed must not be held for our sake.
    thread.setContextClassLoader(null);
    thread.start();
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes)
      throws IllegalClassFormatException {
    if (className == null || redefined != null || !isWoven(className)) {
      return null;
    }
    if (!started) {
      start();
    }
    ClassFileTransformer known = runtime;
    return known == null ? null : known.transform(loader, className, redefined, domain, bytes);
  }

  private static boolean isWoven(String className) {
    for (String prefix : PREFIXES) {
      if (className.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void run() {
    try {
      Thread.sleep(LATEST);
      // By the application's loader, so before the lock is taken.
      Class.forName(Launch.class.getName());
      Class.forName(BootClasses.class.getName());
      Class.forName(IsolatedClassLoader.class.getName());
    } catch (InterruptedException | ClassNotFoundException e) {
      return;
    }
    start();
  }

  private void start() {
    synchronized (starting) {
      // Begun, and not started: a class of a driver is loaded by the start itself.
      if (begun) {
        return;
      }
      begun = true;
      try {
        runtime = Launch.start(argument, properties, instrumentation);
      } catch (Throwable t) {
        Agent.complain(t);
      }
      properties = null;
      started = true;
    }
  }
}
