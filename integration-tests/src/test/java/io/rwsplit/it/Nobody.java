package io.rwsplit.it;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A user whom the permissions of files bind. They do not bind root: run by root, the application
 * runs as another user, and on copies of what it needs. Else it is the one who runs the tests.
 */
public final class Nobody {
  private static final String ID = "65534";
  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

  private Nobody() {}

  /**
   * Makes the JVM run as that user.
   *
   * @param home an existing directory, for temporary files
   * @return the class path it is to use
   */
  public static String run(ForkedJvm.Builder builder, Path home) throws IOException {
    bind(builder, home);
    return ROOT ? copyClassPath(home.resolve("lib")) : System.getProperty("java.class.path");
  }

  /** The same for a JVM whose class path that user can read. */
  public static void bind(ForkedJvm.Builder builder, Path home) {
    builder.property("java.io.tmpdir", home.toString());
    if (ROOT) {
      builder.prefix("setpriv", "--reuid=" + ID, "--regid=" + ID, "--clear-groups");
    }
  }

  /** The tests' own class path may lie where no other user can read. */
  private static String copyClassPath(Path to) throws IOException {
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path from = Path.of(entry).toAbsolutePath();
      boolean wanted = entry.contains("sqlite-jdbc") || entry.contains("slf4j");
      if (!wanted && !Files.exists(from.resolve("legacy"))) {
        continue;
      }
      Path copy = to.resolve(copies.size() + "-" + from.getFileName());
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          Path target = copy.resolve(from.relativize(file).toString());
          Files.createDirectories(target.getParent());
          if (!Files.exists(target)) {
            Files.copy(file, file.equals(from) ? copy : target);
          }
        }
      }
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  /** Gives that user the tree. */
  public static void own(Path tree) throws IOException {
    if (!ROOT) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.toList()) {
        Files.setAttribute(file, "unix:uid", Integer.valueOf(ID));
        Files.setAttribute(file, "unix:gid", Integer.valueOf(ID));
      }
    }
  }
}
