package io.rwsplit.replication;

/**
 * Holds the writers of this JVM at the gate while a long log is being copied. Who writes faster
 * than the disk syncs would else leave more to copy each time, and the log would never be reset;
 * SQLite's own checkpoint runs within a commit, and holds its writer up as long.
 *
 * <p>The gate lets writers in after some seconds whatever happens; it is closed again when the log
 * has grown as much once more. Used by the capture thread only.
 */
final class LogThrottle {
  /** A log of this part of its bound is long. */
  private static final int LONG_PART = 4;

  private final WriterGate gate;
  private final long longBytes;
  private long nextBytes;
  private boolean holds;

  /**
   * An open one.
   *
   * @param boundBytes of which the log is to stay well below
   */
  LogThrottle(WriterGate gate, long boundBytes) {
    this.gate = gate;
    this.longBytes = boundBytes / LONG_PART;
    this.nextBytes = longBytes;
  }

  /** The log is being copied, has so many bytes, and nobody needs it. */
  void copying(long bytes) {
    if (bytes > nextBytes) {
      nextBytes = bytes + longBytes;
      holds = true;
      gate.close();
    }
  }

  /** It is not. */
  void over() {
    nextBytes = longBytes;
    if (holds) {
      holds = false;
      gate.open();
    }
  }
}
