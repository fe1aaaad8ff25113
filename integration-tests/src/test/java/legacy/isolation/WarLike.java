package legacy.isolation;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Starts a program in a class loader of its own that also holds the driver, as servlet containers
 * do.
 *
 * <p>Arguments: class path of the child, main class, its arguments.
 */
public final class WarLike {
  private WarLike() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    String[] paths = args[0].split(File.pathSeparator, -1);
    URL[] urls = new URL[paths.length];
    for (int i = 0; i < paths.length; i++) {
      urls[i] = new File(paths[i]).toURI().toURL();
    }
    String[] rest = new String[args.length - 2];
    System.arraycopy(args, 2, rest, 0, rest.length);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      Class<?> driver = Class.forName("org.sqlite.JDBC", true, loader);
      System.out.println("driver of the child " + (driver.getClassLoader() == loader));
      loader.loadClass(args[1]).getMethod("main", String[].class).invoke(null, (Object) rest);
    }
  }
}
