package io.rwsplit.it.suites;

/** How one test of a suite ended. */
enum Outcome {
  PASSED,
  FAILED,
  /** Disabled, or an assumption of its own did not hold. */
  SKIPPED
}
