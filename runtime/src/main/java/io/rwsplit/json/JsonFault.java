package io.rwsplit.json;

/** A text that is not JSON; the message says what is missing where, and holds none of the text. */
public final class JsonFault extends Exception {
  private static final long serialVersionUID = 1;

  JsonFault(String message) {
    super(message, null, false, false);
  }
}
