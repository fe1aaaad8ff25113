package io.rwsplit.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Loads, verifies and initialises every class below {@code inst/} of the jar it is given. */
public final class LinkAll {
  private LinkAll() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException {
    try (JarFile jar = new JarFile(args[0])) {
      Loader loader = new Loader(jar);
      List<String> names = new ArrayList<>();
      for (JarEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (name.startsWith("inst/") && name.endsWith(".classdata")) {
          names.add(
              name.substring("inst/".length(), name.length() - ".classdata".length())
                  .replace('/', '.'));
        }
      }
      int linked = 0;
      List<String> failed = new ArrayList<>();
      for (String name : names) {
        try {
          Class.forName(name, true, loader);
          linked++;
        } catch (ClassNotFoundException | LinkageError e) {
          failed.add(name + ": " + e);
        }
      }
      System.out.println("linked " + linked);
      failed.forEach(System.out::println);
    }
    // Some static initialisers start threads.
    System.exit(0);
  }

  private static final class Loader extends ClassLoader {
    private final JarFile jar;

    Loader(JarFile jar) {
      super(getPlatformClassLoader());
      this.jar = jar;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      JarEntry entry = jar.getJarEntry("inst/" + name.replace('.', '/') + ".classdata");
      if (entry == null) {
        throw new ClassNotFoundException(name);
      }
      try {
        byte[] bytes = jar.getInputStream(entry).readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
