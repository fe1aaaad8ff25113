package io.rwsplit.promotion;

/** A server could not be made to do something; the message says what and why, for people. */
final class ControlFailure extends Exception {
  private static final long serialVersionUID = 1L;

  ControlFailure(String what) {
    super(what);
  }

  ControlFailure(String what, Throwable cause) {
    super(what, cause);
  }
}
