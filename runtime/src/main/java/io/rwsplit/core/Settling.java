package io.rwsplit.core;

import io.rwsplit.circuit.PassThrough;

/** Opens the routing again once nothing speaks against it. */
final class Settling implements Runnable {
  private final PassThrough passing;

  Settling(PassThrough passing) {
    this.passing = passing;
  }

  @Override
  public void run() {
    passing.settle();
  }
}
