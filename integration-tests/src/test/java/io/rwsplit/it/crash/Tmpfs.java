package io.rwsplit.it.crash;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small file system in memory that can be filled; needs the right to mount. */
public final class Tmpfs implements AutoCloseable {
  private final Path directory;

  private Tmpfs(Path directory) {
    this.directory = directory;
  }

  /** Null, said loudly, where mounting is not allowed. */
  public static Tmpfs mount(Path directory, String size) throws IOException {
    Files.createDirectories(directory);
    if (run("mount", "-t", "tmpfs", "-o", "size=" + size, "rwsplit-test", directory.toString())) {
      return new Tmpfs(directory);
    }
    System.err.println("########################################################################");
    System.err.println(
        "NOT TESTED: a full disk. A tmpfs cannot be mounted here; run this as root.");
    System.err.println("########################################################################");
    return null;
  }

  private static boolean run(String... command) {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.waitFor(120, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Path filler() {
    return directory.resolve("filler");
  }

  /** Writes until nothing fits any more. */
  void fill() throws IOException {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(filler())) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      if (Files.size(filler()) == 0) {
        throw e;
      }
    }
  }

  void free() throws IOException {
    Files.deleteIfExists(filler());
  }

  @Override
  public void close() {
    if (!run("umount", directory.toString()) && !run("umount", "-l", directory.toString())) {
      System.err.println("cannot unmount " + directory);
    }
  }
}
