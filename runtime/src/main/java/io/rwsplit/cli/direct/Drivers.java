package io.rwsplit.cli.direct;

import io.rwsplit.engine.Engine;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * JDBC drivers of jars that are named, or on the class path of this JVM ({@code java -cp
 * rwsplit.jar:driver.jar io.rwsplit.agent.Main}). Used by one thread.
 */
public final class Drivers {
  private final ClassLoader loader;
  private final List<String> missing = new ArrayList<>();
  private final int jars;

  /**
   * @param path jars and directories of jars, separated as in a class path; null for none
   */
  public Drivers(String path) {
    List<URL> urls = new ArrayList<>();
    for (String each : path == null ? new String[0] : path.split(File.pathSeparator)) {
      File file = new File(each);
      File[] inside = file.isDirectory() ? file.listFiles() : new File[] {file};
      if (inside == null || !file.exists()) {
        missing.add(each);
        continue;
      }
      Arrays.sort(inside);
      for (File jar : inside) {
        if (jar.getName().endsWith(".jar") || !file.isDirectory()) {
          urls.add(url(jar));
        }
      }
    }
    this.jars = urls.size();
    this.loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getSystemClassLoader());
  }

  private static URL url(File file) {
    try {
      return file.toURI().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Parts of the path that are not there. */
  public List<String> missing() {
    return missing;
  }

  /** How many jars the path has. */
  public int jars() {
    return jars;
  }

  /** The newest driver for an engine that is there; null when none is. */
  public Driver find(Engine engine) {
    for (String name : engine.driverClasses()) {
      Driver made = make(name);
      if (made != null) {
        return made;
      }
    }
    return null;
  }

  private Driver make(String name) {
    try {
      return Class.forName(name, true, loader)
          .asSubclass(Driver.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | ClassCastException | LinkageError e) {
      return null;
    }
  }
}
