package io.rwsplit.position;

/** A server that answers, but not with a position; the message says why, for people. */
final class NoPosition extends Exception {
  private static final long serialVersionUID = 1L;

  NoPosition(String why) {
    super(why);
  }

  NoPosition(String why, Throwable cause) {
    super(why, cause);
  }
}
