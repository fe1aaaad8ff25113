package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Engine;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Class paths of measured processes: what each needs, and nothing of the others. */
final class ClassPaths {
  private static final String POOL = "com.zaxxer.hikari.HikariDataSource";
  private static final String LOGGING = "org.slf4j.Logger";
  private static final String NO_LOGGING = "org.slf4j.nop.NOPServiceProvider";

  private ClassPaths() {}

  /** The programs, the engine's driver, and the application's pool. */
  static String of(Engine engine) {
    List<String> elements = new ArrayList<>();
    elements.add(home(ClassPaths.class));
    for (String name : Arrays.asList(driver(engine), POOL, LOGGING, NO_LOGGING)) {
      try {
        elements.add(home(Class.forName(name, false, ClassPaths.class.getClassLoader())));
      } catch (ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }
    return String.join(File.pathSeparator, elements);
  }

  private static String driver(Engine engine) {
    switch (engine) {
      case SQLITE:
        return "org.sqlite.JDBC";
      case H2:
        return "org.h2.Driver";
      default:
        return "org.postgresql.Driver";
    }
  }

  /** The same and a rival's jars: the one whose name begins so, or all when that is empty. */
  static String of(Engine engine, String rival) throws IOException {
    List<String> elements = new ArrayList<>();
    elements.add(of(engine));
    File[] jars =
        rivals().listFiles((directory, name) -> name.endsWith(".jar") && name.startsWith(rival));
    if (jars == null || jars.length == 0) {
      throw new IOException("no " + rival + "*.jar in " + rivals() + ": build it");
    }
    Arrays.sort(jars);
    for (File jar : jars) {
      elements.add(jar.getPath());
    }
    return String.join(File.pathSeparator, elements);
  }

  /** What the module {@code rivals} has fetched: beside this module's directory of results. */
  private static File rivals() {
    File target = new File(home(ClassPaths.class)).getParentFile();
    return new File(target.getParentFile(), "rivals/target/lib");
  }

  private static String home(Class<?> type) {
    try {
      return new File(type.getProtectionDomain().getCodeSource().getLocation().toURI()).getPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
