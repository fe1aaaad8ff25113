package io.rwsplit.position;

/** A server that must not be read from: it is no replica of the master; the message says why. */
final class NotReplica extends Exception {
  private static final long serialVersionUID = 1L;

  NotReplica(String why) {
    super(why);
  }
}
