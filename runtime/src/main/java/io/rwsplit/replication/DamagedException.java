package io.rwsplit.replication;

import java.io.IOException;

/** The replica's files are not what this process has left there. */
final class DamagedException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedException(String message) {
    super(message);
  }
}
