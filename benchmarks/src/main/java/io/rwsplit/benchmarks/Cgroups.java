package io.rwsplit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Control groups that hold processes to a part of a processor, of version 1 (controller {@code
 * cpu}) or 2: "CFS Bandwidth Control" and "Control Group v2" of kernel.org. Used by one thread;
 * close it when the processes have ended.
 */
final class Cgroups implements AutoCloseable {
  /** Short, so that a server that has used its part waits for some milliseconds only. */
  private static final int PERIOD_MICROS = 20_000;

  private final Path root;
  private final boolean second;
  private final List<Path> groups = new ArrayList<>();

  private Cgroups(Path root, boolean second) {
    this.root = root;
    this.second = second;
  }

  /** Null where none can be made. */
  static Cgroups find() {
    Path first = Path.of("/sys/fs/cgroup/cpu");
    if (Files.isWritable(first) && Files.exists(first.resolve("cpu.cfs_quota_us"))) {
      return new Cgroups(first, false);
    }
    Path unified = Path.of("/sys/fs/cgroup");
    Path handedDown = unified.resolve("cgroup.subtree_control");
    try {
      if (Files.isWritable(handedDown)
          && (" " + Files.readString(handedDown).trim() + " ").contains(" cpu ")) {
        return new Cgroups(unified, true);
      }
    } catch (IOException e) {
      return null;
    }
    return null;
  }

  /**
   * Holds these processes, and those they start from now on, to a part of one processor, all
   * together.
   *
   * @throws IOException when the system does not let us
   */
  void hold(String name, List<Long> pids, double processors) throws IOException {
    Path group = root.resolve("rwsplit-benchmark-" + ProcessHandle.current().pid() + "-" + name);
    Files.createDirectory(group);
    groups.add(group);
    long quota = (long) (PERIOD_MICROS * processors);
    if (second) {
      Files.writeString(group.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
    } else {
      Files.writeString(group.resolve("cpu.cfs_period_us"), Integer.toString(PERIOD_MICROS));
      Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(quota));
    }
    for (long pid : pids) {
      try {
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
      } catch (IOException e) {
        if (ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
          throw e;
        }
      }
    }
  }

  @Override
  public void close() {
    for (Path group : groups) {
      try {
        Files.deleteIfExists(group);
      } catch (IOException e) {
        System.err.println("benchmarks: " + group + " is left: " + e);
      }
    }
  }
}
