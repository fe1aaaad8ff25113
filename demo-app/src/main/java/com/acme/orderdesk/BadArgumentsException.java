package com.acme.orderdesk;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Every fault found in the command line, one line each. */
final class BadArgumentsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final ArrayList<String> faults;

  BadArgumentsException(List<String> faults) {
    super(String.join("; ", faults));
    this.faults = new ArrayList<>(faults);
  }

  List<String> faults() {
    return Collections.unmodifiableList(faults);
  }
}
