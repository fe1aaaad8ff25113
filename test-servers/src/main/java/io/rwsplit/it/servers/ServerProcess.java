package io.rwsplit.it.servers;

import java.io.File;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * A running server program with its log; ended by process id, and killed when this JVM ends first.
 */
final class ServerProcess {
  private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

  /** Below the range from which Linux takes the ports of outgoing connections. */
  private static final int FIRST_PORT = 15_000;

  private static final int PORTS = 15_000;
  private static final Random RANDOM = new Random();
  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> RUNNING.forEach(ServerProcess::forceAll), "server-process-end"));
  }

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a program whose output is appended to the log. */
  static ServerProcess start(List<String> command, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(log.getParent().toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    ServerProcess started = new ServerProcess(process, log);
    RUNNING.add(started);
    return started;
  }

  /** Runs a program to its end; fails with its output. */
  static void run(List<String> command, Path input, Path log) throws IOException {
    Process process =
        new ProcessBuilder(command)
            .directory(log.getParent().toFile())
            .redirectInput(input == null ? new File("/dev/null") : input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("failed: " + command + "\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** A port nobody listens on; never given twice by this JVM. */
  static int freePort() throws IOException {
    BindException inUse = null;
    for (int tries = 0; tries < 1000; tries++) {
      int port = FIRST_PORT + RANDOM.nextInt(PORTS);
      try (ServerSocket socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        if (TAKEN.add(port)) {
          return port;
        }
      } catch (BindException e) {
        inUse = e;
      }
    }
    throw new IOException("no free port", inUse);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** kill -9 of the server and of all its processes. */
  void kill() throws IOException {
    forceAll();
    await(10);
  }

  private void forceAll() {
    // A stopped process dies of SIGKILL too. The parent first, or it would start others anew.
    List<ProcessHandle> all = tree();
    all.forEach(ProcessHandle::destroyForcibly);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (all.stream().anyMatch(ServerProcess::runs) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    RUNNING.remove(this);
  }

  /** False also for a process that has ended and whose adoptive parent does not collect it. */
  private static boolean runs(ProcessHandle handle) {
    if (!handle.isAlive()) {
      return false;
    }
    try {
      String stat = Files.readString(Path.of("/proc/" + handle.pid() + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  /** Asks the server by a signal to end, and waits; kills it after some seconds. */
  void stop(String signal) throws IOException {
    signal(signal);
    await(15);
    forceAll();
  }

  /** Sends a signal to the server's main process only. */
  void signal(String name) throws IOException {
    send(name, List.of(process.toHandle()));
  }

  /** SIGSTOP of all of the server's processes: connections stay open and nothing answers. */
  void freeze() throws IOException {
    send("STOP", tree());
  }

  /** Ends {@link #freeze}. */
  void thaw() throws IOException {
    send("CONT", tree());
  }

  /** The process ids of the server's main process and of all others, as they are now. */
  List<Long> pids() {
    return tree().stream().map(ProcessHandle::pid).collect(Collectors.toList());
  }

  private List<ProcessHandle> tree() {
    List<ProcessHandle> all = new ArrayList<>();
    all.add(process.toHandle());
    process.descendants().forEach(all::add);
    return all;
  }

  private static void send(String signal, List<ProcessHandle> to) throws IOException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
    for (ProcessHandle each : to) {
      if (each.isAlive()) {
        command.add(Long.toString(each.pid()));
      }
    }
    if (command.size() > 2) {
      Process kill = new ProcessBuilder(command).redirectErrorStream(true).start();
      try {
        kill.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  private void await(long seconds) throws IOException {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The end of the server's log, for failures. */
  String logTail() {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
      return lines.subList(Math.max(0, lines.size() - 40), lines.size()).stream()
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }
}
