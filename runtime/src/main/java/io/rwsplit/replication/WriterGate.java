package io.rwsplit.replication;

/**
 * Holds off the writers of this JVM at the door, so that the replicator can hold SQLite's write
 * lock for a moment without any of them meeting it.
 *
 * <p>They must not meet it: a transaction that has read already and now wants to write gets
 * SQLITE_BUSY at once while somebody else holds the lock, whatever its busy timeout ({@code
 * sqlite3BtreeBeginTrans} asks the busy handler only outside of a transaction). Implementations are
 * thread-safe and never block.
 */
public interface WriterGate {
  /** No gate: for masters whose writers are all in other processes. */
  WriterGate NONE =
      new WriterGate() {
        @Override
        public void close() {}

        @Override
        public boolean isQuiet() {
          return true;
        }

        @Override
        public void locked() {}

        @Override
        public void open() {}
      };

  /** From now on nobody enters; who waits there waits for a bounded time only. */
  void close();

  /** True when nobody who has entered is still inside. */
  boolean isQuiet();

  /**
   * To be told while it is closed and nobody is inside: until it is opened, whoever enters meets
   * SQLite's lock. Who waits there does so for longer, as for a checkpoint of his own on a disk
   * that stalls.
   */
  void locked();

  /** Lets everybody in again. */
  void open();
}
