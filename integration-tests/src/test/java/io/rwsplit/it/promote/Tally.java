package io.rwsplit.it.promote;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@link legacy.promote.Steady} has done so far, from its own line. */
final class Tally {
  private static final String PART = "(\\d+) done, longest (\\d+) ms, gap (\\d+) ms, failed([^;]*)";
  private static final Pattern LINE = Pattern.compile("tally writes: " + PART + "; reads: " + PART);

  final long writes;
  final long reads;
  final long failedWrites;
  final long failedReads;
  private final String line;
  private final String states;

  Tally(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("no tally: " + line);
    }
    this.line = line;
    this.states = matcher.group(4).trim();
    this.writes = Long.parseLong(matcher.group(1));
    this.reads = Long.parseLong(matcher.group(5));
    this.failedWrites = failures(matcher.group(4));
    this.failedReads = failures(matcher.group(8));
  }

  private static long failures(String states) {
    long count = 0;
    for (String state : states.trim().split(" ", -1)) {
      count += state.isEmpty() ? 0 : Long.parseLong(state.substring(state.indexOf(':') + 1));
    }
    return count;
  }

  /**
   * States of failed writes that do not say that a connection is lost; empty when there is none.
   */
  String otherThan08() {
    StringBuilder others = new StringBuilder();
    for (String state : states.split(" ", -1)) {
      // The server's own last word, and the pool's, when it has got no connection in two seconds.
      boolean ofDeath = state.startsWith("57P01") || state.startsWith("pool");
      if (!state.isEmpty() && !state.startsWith("08") && !ofDeath) {
        others.append(state).append(' ');
      }
    }
    return others.toString();
  }

  @Override
  public String toString() {
    return line;
  }
}
