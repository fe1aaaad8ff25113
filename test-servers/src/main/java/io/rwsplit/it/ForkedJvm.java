package io.rwsplit.it;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A JVM that runs an application part, bare or under the shaded agent jar.
 *
 * <p>Both outputs are collected line by line while it runs. Close it: a process still alive is
 * killed.
 */
public final class ForkedJvm implements AutoCloseable {
  /** The jar as users get it. */
  public static final File AGENT_JAR =
      new File(System.getProperty("rwsplit.it.jar")).getAbsoluteFile();

  /** The first JDK that warns of a native library, such as SQLite's, without permission. */
  private static final int NATIVE_ACCESS_WARNS = 24;

  private final Process process;
  private final List<String> out = new ArrayList<>();
  private final List<String> err = new ArrayList<>();
  private final List<Thread> readers = new ArrayList<>();

  /** What to start. Not thread-safe. */
  public static final class Builder {
    private final List<String> options = new ArrayList<>();
    private final List<String> command = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Jdk jdk = Jdk.own();
    private File directory;
    private boolean fullSpeed;
    private List<String> prefix = Collections.emptyList();

    /** Adds the agent. */
    public Builder agent() {
      options.add(0, "-javaagent:" + AGENT_JAR);
      return this;
    }

    /** Adds the agent with a SQLite master and replicas. */
    public Builder split(File master, File... replicas) {
      StringBuilder urls = new StringBuilder();
      for (File replica : replicas) {
        urls.append(urls.length() == 0 ? "" : ",").append("jdbc:sqlite:").append(replica);
      }
      return agent()
          .property("rwsplit.master", "jdbc:sqlite:" + master)
          .property("rwsplit.replicas", urls.toString());
    }

    public Builder property(String name, String value) {
      options.add("-D" + name + "=" + value);
      return this;
    }

    public Builder option(String option) {
      options.add(option);
      return this;
    }

    /** Before all other options: an agent that is to be there before rwsplit's. */
    public Builder firstOption(String option) {
      options.add(0, option);
      return this;
    }

    /** The JDK to run on; by default the one that runs the tests. */
    public Builder on(Jdk chosen) {
      jdk = chosen;
      return this;
    }

    /**
     * HotSpot's own choice of compilers and collector, for threads that must meet at full speed.
     * Without it those that take the least for a short program, by a third on two processors.
     */
    public Builder fullSpeed() {
      fullSpeed = true;
      return this;
    }

    public Builder environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    public Builder directory(File workingDirectory) {
      directory = workingDirectory;
      return this;
    }

    /** A command that starts the JVM in its place, for instance as another user. */
    public Builder prefix(String... words) {
      prefix = Arrays.asList(words);
      return this;
    }

    /** A main class on a class path of its own. */
    public Builder main(String classPath, String main, Object... arguments) {
      command.add("-cp");
      command.add(classPath);
      command.add(main);
      for (Object argument : arguments) {
        command.add(argument.toString());
      }
      return this;
    }

    /**
     * A named module.
     *
     * @param main as in {@code module/package.Class}
     */
    public Builder module(String modulePath, String main, Object... arguments) {
      command.add("-p");
      command.add(modulePath);
      command.add("-m");
      command.add(main);
      for (Object argument : arguments) {
        command.add(argument.toString());
      }
      return this;
    }

    /** An executable jar. */
    public Builder jar(File jar, Object... arguments) {
      command.add("-jar");
      command.add(jar.getPath());
      for (Object argument : arguments) {
        command.add(argument.toString());
      }
      return this;
    }

    /** An application part from the tests' class path. */
    public Builder main(Class<?> main, Object... arguments) {
      return main(System.getProperty("java.class.path"), main.getName(), arguments);
    }

    public ForkedJvm start() throws IOException {
      List<String> line = new ArrayList<>();
      line.addAll(prefix);
      line.add(jdk.home() + "/bin/java");
      if (jdk.feature() >= NATIVE_ACCESS_WARNS) {
        line.add("--enable-native-access=ALL-UNNAMED");
      }
      if (!fullSpeed) {
        line.add("-XX:TieredStopAtLevel=1");
        line.add("-XX:+UseSerialGC");
      }
      line.addAll(options);
      line.addAll(command);
      ProcessBuilder builder = new ProcessBuilder(line);
      builder.environment().keySet().removeIf(ForkedJvm::isInherited);
      builder.environment().putAll(environment);
      if (directory != null) {
        builder.directory(directory);
      }
      return new ForkedJvm(builder.start());
    }
  }

  /** Variables that would change what the forked JVM does or prints. */
  private static boolean isInherited(String variable) {
    return variable.startsWith("RWSPLIT_")
        || variable.equals("JAVA_TOOL_OPTIONS")
        || variable.equals("JDK_JAVA_OPTIONS")
        || variable.equals("_JAVA_OPTIONS");
  }

  private ForkedJvm(Process process) {
    this.process = process;
    readers.add(read(process.getInputStream(), out));
    readers.add(read(process.getErrorStream(), err));
  }

  private static Thread read(InputStream stream, List<String> into) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                  synchronized (into) {
                    into.add(line);
                    into.notifyAll();
                  }
                }
              } catch (IOException e) {
                synchronized (into) {
                  into.add("(reading ended: " + e + ")");
                }
              }
            },
            "forked-jvm-output");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  public Process process() {
    return process;
  }

  /** Waits for the end; fails with both outputs when the deadline passes. */
  public int exitCode(long seconds) throws InterruptedException {
    if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + seconds + " s\n" + transcript());
    }
    for (Thread reader : readers) {
      reader.join(TimeUnit.SECONDS.toMillis(60));
    }
    return process.exitValue();
  }

  /** Waits until a line of standard output matches, and returns it. */
  public String awaitOut(Predicate<String> wanted, long seconds) throws InterruptedException {
    return await(out, wanted, seconds);
  }

  /** Waits until a line of standard error matches, and returns it. */
  public String awaitErr(Predicate<String> wanted, long seconds) throws InterruptedException {
    return await(err, wanted, seconds);
  }

  private String await(List<String> lines, Predicate<String> wanted, long seconds)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int seen = 0;
    synchronized (lines) {
      while (true) {
        for (; seen < lines.size(); seen++) {
          if (wanted.test(lines.get(seen))) {
            return lines.get(seen);
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          break;
        }
        lines.wait(left);
      }
    }
    throw new AssertionError("no such line within " + seconds + " s\n" + transcript());
  }

  public List<String> out() {
    synchronized (out) {
      return new ArrayList<>(out);
    }
  }

  public List<String> err() {
    synchronized (err) {
      return new ArrayList<>(err);
    }
  }

  /** True when the agent said that something of its own went wrong. */
  public boolean saysFault() {
    return err().stream().anyMatch(line -> line.contains("] ") && line.contains("fault in "));
  }

  /** Sends a line to the process's standard input. */
  public void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  public String transcript() {
    return "--- out\n" + String.join("\n", out()) + "\n--- err\n" + String.join("\n", err());
  }

  /** Its number in the system. */
  public long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
