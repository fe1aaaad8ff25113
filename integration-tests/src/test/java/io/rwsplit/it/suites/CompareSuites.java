package io.rwsplit.it.suites;

import java.io.IOException;
import java.nio.file.Path;

/**
 * {@code CompareSuites bare-reports agent-reports}: prints how two runs of a suite differ; exit
 * code 1 when a test passes bare only.
 */
public final class CompareSuites {
  private CompareSuites() {}

  public static void main(String[] arguments) throws IOException {
    SuiteComparison comparison =
        new SuiteComparison(
            SuiteReports.read(Path.of(arguments[0])), SuiteReports.read(Path.of(arguments[1])));
    comparison.lines().forEach(System.out::println);
    System.exit(comparison.isClean() ? 0 : 1);
  }
}
