package io.rwsplit.config;

/** A configuration file cannot be understood: what is wrong, and where. */
final class BadLine extends Exception {
  private static final long serialVersionUID = 1L;

  private final int line;

  /**
   * @param line from 1; 0 when it is about the whole file
   * @param problem the continuation of a sentence, without anything of the file's values
   */
  BadLine(int line, String problem) {
    super(problem, null, false, false);
    this.line = line;
  }

  int line() {
    return line;
  }
}
