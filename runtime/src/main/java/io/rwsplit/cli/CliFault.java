package io.rwsplit.cli;

/** Why a command ends early: what is said, without secrets, and the exit code. */
public final class CliFault extends Exception {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CliFault(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** The command was called wrongly. */
  public static CliFault usage(String message) {
    return new CliFault(ExitCode.USAGE, message);
  }

  /** Somebody does not answer, or answers no. */
  public static CliFault refused(String message) {
    return new CliFault(ExitCode.REFUSED, message);
  }

  /** What the process ends with. */
  int exitCode() {
    return exitCode;
  }
}
