package io.rwsplit.it.frameworks;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A program of a module below {@code framework-apps}, on the class path that its build has put into
 * {@code target/app}. Immutable.
 */
final class FrameworkApp {
  private static final Path MODULES = Path.of(System.getProperty("rwsplit.it.frameworks"));

  private final String module;
  private final String main;
  private final List<String> parts;

  /** {@code parts}: what follows URL, user and password. */
  FrameworkApp(String module, String main, String... parts) {
    this.module = module;
    this.main = main;
    this.parts = Arrays.asList(parts);
  }

  /** The program on a database, to be started. */
  ForkedJvm.Builder on(ForkedJvm.Builder jvm, String url, String user, String password) {
    File directory = file(module, "app");
    if (!directory.isDirectory()) {
      throw new IllegalStateException(directory + " is missing: build framework-apps");
    }
    List<Object> arguments = new ArrayList<>(List.of(url, user, password));
    arguments.addAll(parts);
    return jvm.main(directory + File.separator + "*", main, arguments.toArray());
  }

  /** A file that a module's build has made. */
  static File file(String module, String name) {
    return MODULES.resolve(module).resolve("target").resolve(name).normalize().toFile();
  }

  @Override
  public String toString() {
    return module + " " + parts;
  }
}
