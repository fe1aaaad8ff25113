package io.rwsplit.it.crash;

import java.io.File;
import java.util.ArrayList;
import java.util.List;

/**
 * SQLite drivers of years past, which the build copies beside the tests' class path: never onto it.
 */
public final class OldDrivers {
  private OldDrivers() {}

  /** The tests' class path with {@code driver} in the place of their own SQLite driver. */
  public static String classPath(String driver) {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      entries.add(new File(entry).getName().startsWith("sqlite-jdbc-") ? driver : entry);
    }
    return String.join(File.pathSeparator, entries);
  }

  /** The oldest, or all with {@code -Drwsplit.it.drivers=all}. */
  public static List<String> chosen() {
    List<String> all = all();
    boolean wanted = "all".equals(System.getProperty("rwsplit.it.drivers"));
    return wanted ? all : all.subList(0, Math.min(1, all.size()));
  }

  /** All of them, oldest first. */
  public static List<String> all() {
    File directory = new File(System.getProperty("rwsplit.it.sqlite.old")).getAbsoluteFile();
    List<String> jars = new ArrayList<>();
    File[] found = directory.listFiles((dir, name) -> name.endsWith(".jar"));
    for (File jar : found == null ? new File[0] : found) {
      jars.add(jar.getPath());
    }
    jars.sort(null);
    return jars;
  }
}
