package io.rwsplit.benchmarks.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * The measured process. Each line of its input is answered by a line {@code RESULT …}:
 *
 * <ul>
 *   <li>{@code open NAME}: the case to measure from now on.
 *   <li>{@code run MILLIS}: works for so long; answers with operations, then in nanoseconds the CPU
 *       of the application's threads, the time on the clock and the CPU of the process, then the
 *       bytes allocated by the application's threads, and the statements that the agent ran on
 *       replicas and on the master; -1 is what is not known.
 *   <li>{@code rest MILLIS}: does nothing for so long; answers with the CPU of the process in ns.
 *   <li>{@code close}: closes the case.
 * </ul>
 */
public final class Measured {
  private final String url;
  private final Routing routing;
  private Program program;
  private long everything;

  private Measured(String url, Routing routing) {
    this.url = url;
    this.routing = routing;
  }

  /**
   * Works as its input says.
   *
   * @param args URL, or several with spaces between, to be used in turn; {@code bare}, {@code pass}
   *     or {@code route}: what the agent is to do
   */
  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    Measured measured = new Measured(args[0], Routing.of(args[1]));
    try (MemoryDatabases memory = MemoryDatabases.of(args[0])) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", 2);
        switch (words[0]) {
          case "open":
            measured.open(Programs.named(words[1]));
            System.out.println("RESULT ready");
            break;
          case "run":
            System.out.println("RESULT " + measured.slice(Long.parseLong(words[1]) * 1_000_000L));
            break;
          case "rest":
            System.out.println("RESULT " + rest(Long.parseLong(words[1])));
            break;
          default:
            measured.close();
            System.out.println("RESULT closed");
        }
      }
      measured.close();
      if (memory != null) {
        memory.check();
      }
    }
    System.err.println("sum of all results " + measured.everything);
  }

  private void open(Case next) throws SQLException, InterruptedException {
    close();
    program = url.indexOf(' ') < 0 ? next.create() : new InTurn(next);
    program.open(url);
    everything += routing.settle(program, next.route());
  }

  private void close() throws SQLException {
    if (program != null) {
      program.close();
      program = null;
    }
  }

  private static long rest(long millis) throws InterruptedException {
    com.sun.management.OperatingSystemMXBean process =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpu = process.getProcessCpuTime();
    Thread.sleep(millis);
    return process.getProcessCpuTime() - cpu;
  }

  private String slice(long nanos) throws SQLException {
    com.sun.management.OperatingSystemMXBean process =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long onReplicas = routing.onReplicas();
    long onMaster = routing.onMaster();
    long cpu = process.getProcessCpuTime();
    Work work = program.work(nanos);
    cpu = process.getProcessCpuTime() - cpu;
    everything += work.sum;
    return work.operations
        + (" " + work.cpuNanos)
        + (" " + work.wallNanos)
        + (" " + cpu)
        + (" " + work.allocatedBytes)
        + (" " + (onReplicas < 0 ? -1 : routing.onReplicas() - onReplicas))
        + (" " + (onMaster < 0 ? -1 : routing.onMaster() - onMaster));
  }
}
