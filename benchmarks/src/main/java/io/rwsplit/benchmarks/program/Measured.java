package io.rwsplit.benchmarks.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * The measured process: runs one program for as long as each line of its input says (milliseconds)
 * and answers with a line {@code RESULT operations threadCpuNanos wallNanos processCpuNanos}.
 */
public final class Measured {

  private Measured() {}

  /**
   * Works as the arguments say.
   *
   * @param args name of the program, URL
   */
  public static void main(String[] args) throws IOException, SQLException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    long everything = 0;
    try (Program program = Programs.create(args[0])) {
      program.open(args[1]);
      System.out.println("RESULT ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        everything += slice(program, Long.parseLong(line) * 1_000_000L);
      }
    }
    System.err.println("sum of all results " + everything);
  }

  private static long slice(Program program, long nanos) throws SQLException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    com.sun.management.OperatingSystemMXBean process =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long operations = 0;
    long sum = 0;
    long processStart = process.getProcessCpuTime();
    long wallStart = System.nanoTime();
    long cpuStart = threads.getCurrentThreadCpuTime();
    long wall;
    do {
      sum += program.run(program.turn());
      operations += program.turn();
      wall = System.nanoTime() - wallStart;
    } while (wall < nanos);
    long cpu = threads.getCurrentThreadCpuTime() - cpuStart;
    long processCpu = process.getProcessCpuTime() - processStart;
    System.out.println("RESULT " + operations + " " + cpu + " " + wall + " " + processCpu);
    return sum;
  }
}
