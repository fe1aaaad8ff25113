package io.rwsplit.it;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Class paths with other versions of drivers, which the build has put below {@code target}. */
public final class Drivers {
  private Drivers() {}

  /** The tests' class path with this version of an artefact in the place of its own. */
  public static String classPathWith(String artefact, String version) {
    Path other = Path.of("target", "drivers", artefact + "-" + version + ".jar").toAbsolutePath();
    if (!Files.exists(other)) {
      throw new IllegalStateException(other + " is missing");
    }
    List<String> elements = new ArrayList<>();
    for (String element : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      boolean replaced = new File(element).getName().startsWith(artefact + "-");
      elements.add(replaced ? other.toString() : element);
    }
    return String.join(File.pathSeparator, elements);
  }
}
