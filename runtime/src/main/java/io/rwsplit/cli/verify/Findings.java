package io.rwsplit.cli.verify;

import java.util.ArrayList;
import java.util.List;

/** What was found, in order. Used by one thread. */
public final class Findings {
  private final List<Finding> all = new ArrayList<>();
  private String prefix = "";

  /** What follows is about this group; empty for the one without a name. */
  void group(String name) {
    prefix = name.isEmpty() ? "" : name + ": ";
  }

  void ok(String subject, String message) {
    all.add(new Finding(Finding.Level.OK, prefix + subject, message, null));
  }

  void warn(String subject, String message, String remedy) {
    all.add(new Finding(Finding.Level.WARN, prefix + subject, message, remedy));
  }

  void fail(String subject, String message, String remedy) {
    all.add(new Finding(Finding.Level.FAIL, prefix + subject, message, remedy));
  }

  /** All of them. */
  public List<Finding> all() {
    return all;
  }

  /** How many there are of a level. */
  public int count(Finding.Level level) {
    int count = 0;
    for (Finding finding : all) {
      count += finding.level() == level ? 1 : 0;
    }
    return count;
  }
}
