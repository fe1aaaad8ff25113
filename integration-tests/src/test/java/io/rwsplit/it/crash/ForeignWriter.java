package io.rwsplit.it.crash;

import java.io.IOException;
import java.util.List;

/** A process without the agent that writes to the master. */
interface ForeignWriter extends AutoCloseable {
  boolean isAlive();

  /** Returns when nothing of it is under way any more. */
  void pause() throws IOException, InterruptedException;

  void resume() throws IOException;

  /** Ids of its commits in {@code table} that have returned. */
  List<Long> acknowledged(String table);

  List<String> complaints();

  /** kill -9; what it had said until then is read when this returns. */
  void kill() throws InterruptedException;

  @Override
  void close();

  /** The ledger in a JVM of its own. */
  static ForeignWriter of(SplitLedger bare) {
    return new ForeignWriter() {
      @Override
      public boolean isAlive() {
        return bare.jvm().process().isAlive();
      }

      @Override
      public void pause() throws IOException, InterruptedException {
        bare.awaitReady();
        bare.pause();
      }

      @Override
      public void resume() throws IOException {
        bare.jvm().tell("resume");
      }

      @Override
      public List<Long> acknowledged(String table) {
        return bare.acknowledged(table);
      }

      @Override
      public List<String> complaints() {
        return bare.complaints();
      }

      @Override
      public void kill() throws InterruptedException {
        bare.jvm().kill();
        bare.jvm().exitCode(SplitLedger.DEADLINE_SECONDS);
      }

      @Override
      public void close() {
        bare.close();
      }
    };
  }
}
