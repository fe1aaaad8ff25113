package io.rwsplit.cli;

/** What the process ends with. */
final class ExitCode {
  /** Done, and nothing to complain of. */
  static final int OK = 0;

  /** Findings or differences; or what was asked for was not done, and nothing is broken. */
  static final int FINDINGS = 1;

  /** The command, or the configuration it needs, is wrong. */
  static final int USAGE = 2;

  /** Nobody answers, or the answer is a refusal. */
  static final int REFUSED = 3;

  /** As the help has them. */
  static final String TEXT =
      "Exit codes: 0 done; 1 findings or differences, or not done; 2 called or configured"
          + " wrongly; 3 no connection, or refused.";

  private ExitCode() {}
}
