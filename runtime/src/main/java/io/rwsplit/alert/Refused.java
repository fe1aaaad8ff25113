package io.rwsplit.alert;

import java.io.IOException;

/** The other side will not take it, however often it is tried. */
final class Refused extends IOException {
  private static final long serialVersionUID = 1L;

  Refused(String message) {
    super(message);
  }
}
