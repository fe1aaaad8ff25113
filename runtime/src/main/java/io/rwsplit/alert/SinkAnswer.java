package io.rwsplit.alert;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What has become of a notice at one sink. Thread-safe. */
public final class SinkAnswer {
  private final String sink;
  private final CountDownLatch known = new CountDownLatch(1);
  private volatile boolean delivered;
  private volatile String words = "no answer yet; the log will tell";

  SinkAnswer(String sink) {
    this.sink = sink;
  }

  void set(boolean done, String how) {
    delivered = done;
    words = how;
    known.countDown();
  }

  /** Waits until it is known, for a time at most. */
  void await(long nanos) {
    try {
      boolean unused = known.await(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Name of the sink. */
  public String sink() {
    return sink;
  }

  /** True when it was delivered by now. */
  public boolean isDelivered() {
    return delivered;
  }

  /** How, or why not. */
  public String words() {
    return words;
  }
}
