package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.EmptyAgent;
import io.rwsplit.benchmarks.program.Engine;
import io.rwsplit.benchmarks.program.Tables;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A directory with a database of its own, and the command lines of processes on it, bare or under
 * the agent. Used by one thread.
 */
final class Site implements AutoCloseable {

  /** Under what a process runs. */
  enum Under {
    /** The driver alone. */
    BARE,
    /** The agent with two replicas. */
    AGENT,
    /** The agent without any configuration. */
    IDLE_AGENT,
    /** An agent that does nothing. */
    EMPTY_AGENT
  }

  private final Settings settings;
  private final Path directory;

  /**
   * @param journalMode of a SQLite database that is made; null: none is
   */
  Site(Settings settings, String journalMode) throws IOException, SQLException {
    this.settings = settings;
    directory =
        settings.directory() == null
            ? Files.createTempDirectory("rwsplit-benchmark-")
            : Files.createTempDirectory(settings.directory().toPath(), "rwsplit-benchmark-");
    if (journalMode != null) {
      Tables.create(url(), journalMode);
    }
  }

  /** The master's URL. */
  String url() {
    return "jdbc:sqlite:" + directory.resolve("master.db");
  }

  File log() {
    return directory.resolve("stderr.log").toFile();
  }

  /** The command that runs this class with these arguments. */
  List<String> command(Under under, Class<?> main, String... arguments) throws IOException {
    List<String> command = options(under);
    // One collector, one heap size, whatever the machine: fewer things that differ by chance.
    command.addAll(Arrays.asList("-XX:+UseSerialGC", "-Xms128m", "-Xmx128m"));
    command.addAll(Arrays.asList("-cp", ClassPaths.of(Engine.SQLITE), main.getName()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** The JVM, with the agent's options alone. */
  List<String> options(Under under) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(settings.java().getPath());
    if (under == Under.EMPTY_AGENT) {
      command.add("-javaagent:" + emptyAgent());
    } else if (under != Under.BARE) {
      command.add("-javaagent:" + settings.agent().getAbsolutePath());
      command.addAll(settings.jvmArguments());
    }
    if (under == Under.AGENT) {
      command.addAll(agentOptions());
    }
    return command;
  }

  /** A jar with the agent that does nothing. */
  private Path emptyAgent() throws IOException {
    Path jar = directory.resolve("empty-agent.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", EmptyAgent.class.getName());
    String name = EmptyAgent.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream in = EmptyAgent.class.getClassLoader().getResourceAsStream(name)) {
      out.putNextEntry(new JarEntry(name));
      in.transferTo(out);
    }
    return jar;
  }

  /** The agent's properties for this master and two replicas. */
  List<String> agentOptions() {
    return agentOptions(2);
  }

  /** The same for so many replicas. */
  List<String> agentOptions(int replicas) {
    List<String> urls = new ArrayList<>();
    for (int i = 1; i <= replicas; i++) {
      urls.add(replica(i));
    }
    return Arrays.asList(
        "-Drwsplit.master=" + url(), "-Drwsplit.replicas=" + String.join(",", urls));
  }

  private String replica(int number) {
    return "jdbc:sqlite:" + directory.resolve("replica" + number + ".db");
  }

  /** Deletes the directory, unless it is to be kept. */
  @Override
  public void close() throws IOException {
    if (settings.keep()) {
      System.err.println("kept " + directory);
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Object file : files.toArray()) {
        Files.deleteIfExists((Path) file);
      }
    }
    Files.deleteIfExists(directory);
  }
}
