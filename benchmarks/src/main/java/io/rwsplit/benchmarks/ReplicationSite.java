package io.rwsplit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A directory for the files of the replication benchmark, and the processes on them. It is gone at
 * the end, also after a failure or an interrupt from the keyboard, unless it is to be kept.
 */
final class ReplicationSite implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 900;
  private static final int COPY_SECONDS = 1_800;

  private final Settings settings;
  private final Path directory;
  private final List<TalkingProcess> processes = Collections.synchronizedList(new ArrayList<>());
  private final Thread hook = new Thread(this::abandon, "benchmark-cleaner");

  ReplicationSite(Settings settings) throws IOException {
    this.settings = settings;
    directory =
        settings.directory() == null
            ? Files.createTempDirectory("rwsplit-benchmark-")
            : Files.createTempDirectory(settings.directory().toPath(), "rwsplit-benchmark-");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  String file(String name) {
    return directory.resolve(name).toString();
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /** The names of so many replicas of a master. */
  List<String> replicas(String master, int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add(file(master + "-replica" + i + ".db"));
    }
    return names;
  }

  /** Bytes that may be written here. */
  long free() throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  /** A process without the agent. */
  TalkingProcess bare(Class<?> main, String... arguments) throws IOException {
    return start(Collections.emptyList(), main, arguments);
  }

  /** A process under the agent with this master; the replicas that do not exist are created. */
  TalkingProcess agent(String master, List<String> replicas, Class<?> main, String... arguments)
      throws IOException {
    List<String> options = new ArrayList<>();
    options.add("-javaagent:" + settings.agent().getAbsolutePath());
    options.add("-Drwsplit.master=jdbc:sqlite:" + file(master));
    options.add("-Drwsplit.replicas=jdbc:sqlite:" + String.join(",jdbc:sqlite:", replicas));
    options.addAll(settings.jvmArguments());
    return start(options, main, arguments);
  }

  private TalkingProcess start(List<String> options, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(settings.java().getPath());
    command.addAll(options);
    command.addAll(Arrays.asList("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m"));
    command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(Arrays.asList(arguments));
    TalkingProcess process =
        new TalkingProcess(command, path("stderr.log").toFile(), PATIENCE_SECONDS);
    processes.add(process);
    return process;
  }

  /**
   * Copies a file with {@code cp}, so many copies side by side, and deletes them.
   *
   * @return nanoseconds until all were written
   */
  long copy(String name, int copies) throws IOException, InterruptedException {
    flush();
    List<Process> running = new ArrayList<>();
    long start = System.nanoTime();
    try {
      for (int i = 0; i < copies; i++) {
        running.add(new ProcessBuilder("cp", file(name), file("copy" + i)).inheritIO().start());
      }
      for (Process process : running) {
        if (!process.waitFor(COPY_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          throw new IOException("cp fails");
        }
      }
      return System.nanoTime() - start;
    } finally {
      for (Process process : running) {
        process.destroyForcibly();
      }
      for (int i = 0; i < copies; i++) {
        Files.deleteIfExists(path("copy" + i));
      }
    }
  }

  /** Writes to disk what the system still has in memory, so that it is nobody else's burden. */
  void flush() throws IOException, InterruptedException {
    if (!new ProcessBuilder("sync", "-f", directory.toString())
        .inheritIO()
        .start()
        .waitFor(COPY_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("sync does not end");
    }
  }

  /** Deletes what begins with this, replicas and logs of a master as well. */
  void delete(String prefix) throws IOException {
    for (Path file : files()) {
      if (file.getFileName().toString().startsWith(prefix)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(directory)) {
      all.forEach(files::add);
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    for (TalkingProcess process : processes) {
      process.kill();
    }
    if (settings.keep()) {
      System.err.println("kept " + directory);
    } else {
      clean();
    }
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM ends already.
    }
  }

  private void clean() throws IOException {
    for (int i = 0; Files.exists(directory); i++) {
      try {
        delete("");
        Files.delete(directory);
      } catch (IOException e) {
        // A process that was killed may have made one more file meanwhile.
        if (i == 20) {
          throw e;
        }
        pause();
      }
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void abandon() {
    for (TalkingProcess process : processes.toArray(new TalkingProcess[0])) {
      process.kill();
    }
    if (!settings.keep()) {
      try {
        clean();
      } catch (IOException e) {
        System.err.println("benchmarks: not all was deleted: " + e);
      }
    }
  }
}
