package io.rwsplit.it;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A JDK to run applications on.
 *
 * @param feature the feature release, for example 25
 * @param home null when none was found
 */
public record Jdk(int feature, String home) {
  private static final int NEWEST = 25;

  /** The JDK that runs the tests, and the newest one that is looked for, found or not. */
  public static List<Jdk> all() {
    List<Jdk> jdks = new ArrayList<>();
    Jdk own = own();
    jdks.add(own);
    if (own.feature != NEWEST) {
      jdks.add(new Jdk(NEWEST, find(NEWEST)));
    }
    return jdks;
  }

  /** The releases that applications are still run on, found or not. */
  public static List<Jdk> releases() {
    List<Jdk> jdks = new ArrayList<>();
    for (int feature : new int[] {8, 11, 17, 21, NEWEST}) {
      Jdk own = own();
      jdks.add(own.feature == feature ? own : new Jdk(feature, find(feature)));
    }
    return jdks;
  }

  /** The JDK that runs the tests. */
  public static Jdk own() {
    return new Jdk(Runtime.version().feature(), System.getProperty("java.home"));
  }

  public boolean isFound() {
    return home != null;
  }

  private static String find(int feature) {
    String named = System.getenv("JAVA_" + feature + "_HOME");
    if (named != null && featureOf(new File(named)) == feature) {
      return named;
    }
    File[] installed = new File("/usr/lib/jvm").listFiles(File::isDirectory);
    for (File candidate : installed == null ? new File[0] : installed) {
      if (featureOf(candidate) == feature && new File(candidate, "bin/java").canExecute()) {
        return candidate.getPath();
      }
    }
    return null;
  }

  private static int featureOf(File home) {
    try (Reader reader =
        Files.newBufferedReader(home.toPath().resolve("release"), StandardCharsets.UTF_8)) {
      Properties release = new Properties();
      release.load(reader);
      String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
      if (version.startsWith("1.8.")) {
        return 8;
      }
      return version.isEmpty() ? -1 : Runtime.Version.parse(version).feature();
    } catch (IOException | IllegalArgumentException e) {
      return -1;
    }
  }

  @Override
  public String toString() {
    return "JDK " + feature + (isFound() ? "" : ": NOT FOUND, not run");
  }
}
