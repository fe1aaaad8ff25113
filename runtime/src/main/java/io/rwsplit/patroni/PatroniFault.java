package io.rwsplit.patroni;

/** What Patroni answers cannot be used. The message continues a sentence that names it. */
final class PatroniFault extends Exception {
  private static final long serialVersionUID = 1;

  PatroniFault(String message) {
    super(message);
  }
}
