package io.rwsplit.replication;

import java.io.IOException;

/** The log at hand is not the unbroken continuation of what was read before. */
final class ContinuityException extends IOException {
  private static final long serialVersionUID = 1L;

  ContinuityException(String message) {
    super(message);
  }
}
