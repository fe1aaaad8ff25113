package com.acme.orderdesk;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;

/** The order desk's entry point: {@code java -jar demo-app.jar [--option=value ...]}. */
public final class OrderDesk {

  static final int CONSISTENT = 0;
  static final int INCONSISTENT = 1;
  static final int BAD_ARGUMENTS = 2;

  private OrderDesk() {}

  /**
   * Runs the desk and ends the process: 0 when everything read was consistent, 1 when not, 2 for
   * bad arguments.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err));
  }

  static int run(String[] args, PrintStream out, PrintStream err) {
    Options options;
    try {
      options = Options.parse(args);
    } catch (BadArgumentsException e) {
      List<String> faults = e.faults();
      for (String fault : faults) {
        err.println("orderdesk: " + fault);
      }
      err.println("orderdesk: --help lists every argument");
      return BAD_ARGUMENTS;
    }
    if (options.help()) {
      out.print(Options.usage());
      return CONSISTENT;
    }
    try (ConnectionSource source = ConnectionSource.of(options)) {
      if (options.script()) {
        return new Script(source, out).run() ? CONSISTENT : INCONSISTENT;
      }
      return new Shop(options, source, out).open();
    } catch (SQLException e) {
      err.println("orderdesk: the database failed: " + e);
      return INCONSISTENT;
    }
  }
}
