package io.rwsplit.it.servers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringTokenizer;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Server programs, unpacked from artefacts on the class path into a directory that later runs find
 * again, and helpers for directories.
 */
final class ServerFiles {
  /** The file that {@link #madeOnce} leaves in what it has made. */
  static final String DONE = "unpacked";

  private ServerFiles() {}

  /**
   * The unpacked content of the jar on the class path whose file name begins so; unpacked once per
   * version and machine user.
   */
  static Path unpacked(String jarPrefix) throws IOException {
    return unpacked(onClassPath(jarPrefix), ServerFiles::isWanted);
  }

  /** The same of any zip, as far as its entries are wanted. */
  static Path unpacked(Path jar, Predicate<String> wanted) throws IOException {
    Path cache =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "rwsplit-servers-" + System.getProperty("user.name"));
    makeOwnDirectory(cache);
    String name = jar.getFileName().toString().replace(".jar", "").replace(".zip", "");
    return madeOnce(cache.resolve(name), unpacked -> unzip(jar, unpacked, wanted));
  }

  /** Fills an empty directory. */
  interface Maker {
    void make(Path directory) throws IOException;
  }

  /** A directory that is made when no process has made it before. */
  static Path madeOnce(Path target, Maker maker) throws IOException {
    try (FileChannel channel =
            FileChannel.open(
                target.resolveSibling(target.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid()) {
        throw new IOException("cannot lock " + target);
      }
      if (!Files.exists(target.resolve(DONE))) {
        delete(target);
        Files.createDirectories(target);
        maker.make(target);
        Files.createFile(target.resolve(DONE));
      }
    }
    return target;
  }

  /** A directory in the shared temporary directory must not be somebody else's. */
  private static void makeOwnDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    } catch (FileAlreadyExistsException e) {
      String owner = Files.getOwner(directory).getName();
      if (Files.isSymbolicLink(directory) || !owner.equals(System.getProperty("user.name"))) {
        throw new IOException(directory + " belongs to " + owner, e);
      }
    }
  }

  private static Path onClassPath(String jarPrefix) throws IOException {
    StringTokenizer elements =
        new StringTokenizer(System.getProperty("java.class.path"), File.pathSeparator);
    while (elements.hasMoreTokens()) {
      Path path = Path.of(elements.nextToken());
      if (path.getFileName() != null && path.getFileName().toString().startsWith(jarPrefix)) {
        return path;
      }
      for (Path named : namedBy(path)) {
        if (named.getFileName().toString().startsWith(jarPrefix)) {
          return named;
        }
      }
    }
    throw new IOException(jarPrefix + " is not on the class path");
  }

  /** The further jars that an executable jar's manifest puts on the class path. */
  private static List<Path> namedBy(Path element) throws IOException {
    List<Path> named = new ArrayList<>();
    if (element.toString().endsWith(".jar") && Files.isRegularFile(element)) {
      try (JarFile jar = new JarFile(element.toFile())) {
        Manifest manifest = jar.getManifest();
        String classPath =
            manifest == null ? null : manifest.getMainAttributes().getValue("Class-Path");
        StringTokenizer names = new StringTokenizer(classPath == null ? "" : classPath);
        while (names.hasMoreTokens()) {
          named.add(element.resolveSibling(names.nextToken()));
        }
      }
    }
    return named;
  }

  private static void unzip(Path jar, Path target, Predicate<String> wanted) throws IOException {
    try (ZipInputStream entries = new ZipInputStream(Files.newInputStream(jar))) {
      for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
        if (entry.isDirectory() || !wanted.test(entry.getName())) {
          continue;
        }
        if (entry.getName().endsWith(".txz")) {
          // Not closed: it would close the zip it is in.
          untar(new XZInputStream(entries), target, "-x");
          continue;
        }
        if (entry.getName().endsWith(".tar.gz")) {
          untar(entries, target, "-xz");
          continue;
        }
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
          throw new IOException("an entry leaves the directory: " + entry.getName());
        }
        Files.createDirectories(file.getParent());
        Files.copy(entries, file);
        if (file.getParent().endsWith("bin")) {
          Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
      }
    }
  }

  /** Clients, static libraries and Java bridges are no part of a server. */
  private static boolean isWanted(String entry) {
    return entry.endsWith(".txz")
        || entry.equals("mysql-Linux-amd64.tar.gz")
        || entry.endsWith("/bin/mariadbd")
        || (entry.contains("/share/") && !entry.endsWith(".jar"));
  }

  private static void untar(InputStream archive, Path target, String how) throws IOException {
    Process tar =
        new ProcessBuilder("tar", how, "-C", target.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (OutputStream content = tar.getOutputStream()) {
      archive.transferTo(content);
    }
    try {
      if (tar.waitFor() != 0) {
        throw new IOException("tar ended with " + tar.exitValue());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Copies a tree of files that may be in use: files that vanish meanwhile are left out.
   *
   * @param wanted asked with the path relative to {@code from}
   */
  static void copy(Path from, Path to, Predicate<Path> wanted) throws IOException {
    List<Path> found;
    try (Stream<Path> walk = Files.walk(from)) {
      found = walk.collect(Collectors.toList());
    }
    for (Path each : found) {
      Path relative = from.relativize(each);
      if (!wanted.test(relative)) {
        continue;
      }
      try {
        Files.copy(
            each,
            to.resolve(relative.toString()),
            StandardCopyOption.COPY_ATTRIBUTES,
            StandardCopyOption.REPLACE_EXISTING);
      } catch (NoSuchFileException e) {
        if (Files.exists(each)) {
          throw e;
        }
      }
    }
  }

  /** Deletes a tree; files that vanish meanwhile do not matter. */
  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    List<Path> found;
    try (Stream<Path> walk = Files.walk(tree)) {
      found = walk.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }
    for (Path each : found) {
      Files.deleteIfExists(each);
    }
  }
}
