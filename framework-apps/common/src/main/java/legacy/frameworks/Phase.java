package legacy.frameworks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A stretch of the program, by one thread, marked on standard error. Those that may be repeated ask
 * on standard input whether they are to be: "again", or anything else to go on.
 */
public final class Phase {
  private static final BufferedReader IN =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  private Phase() {}

  /** Reads without a transaction. Leaves no traces, so it may be repeated. */
  public static void reads(String name, Page.Work work) throws Exception {
    repeated("reads " + name, work);
  }

  /** One transaction that is declared to be read-only. May be repeated. */
  public static void readOnly(String name, Page.Work work) throws Exception {
    repeated("read-only " + name, work);
  }

  /** Transactions, locks, and whatever else one connection must run. Runs once. */
  public static void transaction(String name, Page.Work work) throws Exception {
    begin("transaction " + name);
    work.run();
    end("transaction " + name);
  }

  private static void repeated(String name, Page.Work work) throws Exception {
    do {
      begin(name);
      work.run();
      end(name);
    } while (asked());
  }

  private static boolean asked() throws IOException {
    return "again".equals(IN.readLine());
  }

  private static void begin(String name) {
    System.err.println("begin: " + name);
  }

  private static void end(String name) {
    System.err.println("end: " + name);
  }
}
