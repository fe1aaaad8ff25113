package io.rwsplit.engine;

/** Why a URL names no database that can be matched; the message says it without the URL's text. */
final class UrlFault extends Exception {
  private static final long serialVersionUID = 1L;

  UrlFault(String message) {
    super(message, null, false, false);
  }
}
