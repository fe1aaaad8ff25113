package io.rwsplit.agent;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.util.jar.JarFile;

/**
 * Entry of {@code java -jar rwsplit.jar}: the command line, which is among the runtime's classes.
 * Not used by the agent.
 */
public final class Main {
  private static final String COMMANDS = "io.rwsplit.cli.Cli";

  private Main() {}

  /** Runs a command; {@code help} lists them. */
  public static void main(String[] arguments) throws Throwable {
    File file = new File(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // Never closed: classes are read from it until the process ends.
    JarFile jar = new JarFile(file, false);
    IsolatedClassLoader loader = new IsolatedClassLoader(file, jar);
    // Where services are looked up.
    Thread.currentThread().setContextClassLoader(loader);
    try {
      Class.forName(COMMANDS, true, loader)
          .getMethod("main", String[].class)
          .invoke(null, (Object) arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
