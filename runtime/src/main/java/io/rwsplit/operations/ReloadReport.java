package io.rwsplit.operations;

import io.rwsplit.config.Fault;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What reading the configuration again has come to: what holds now, what does not, and why. No text
 * has secrets. Confined to the thread that reads; not changed once it was handed out.
 */
public final class ReloadReport {
  /** What has become of something that is configured otherwise now. */
  public enum Result {
    /** It holds from now on. */
    APPLIED,
    /** It does not hold before the application is started again. */
    RESTART,
    /** It could not be done yet, and is tried when the configuration is read again. */
    LATER
  }

  /** One of these. Immutable. */
  public static final class Change {
    private final String group;
    private final Result result;
    private final String text;

    Change(String group, Result result, String text) {
      this.group = group;
      this.result = result;
      this.text = text;
    }

    /** The group it is of; empty for the one without a name, and for the whole JVM. */
    public String group() {
      return group;
    }

    /** What has become of it. */
    public Result result() {
      return result;
    }

    /** What it is, for people. */
    public String text() {
      return text;
    }

    @Override
    public String toString() {
      // A property's name has the group in it.
      boolean plain = group.isEmpty() || text.startsWith("rwsplit.");
      return plain ? text : "group " + group + ": " + text;
    }
  }

  private final String file;
  private final List<Change> changes = new ArrayList<>();
  private final List<Fault> faults = new ArrayList<>();
  private final List<Fault> warnings = new ArrayList<>();
  private String group = "";
  private String refusal;

  /**
   * Makes one that says nothing yet.
   *
   * @param file path of the configuration file
   */
  public ReloadReport(String file) {
    this.file = file;
  }

  /** What is said from now on is of this group; empty for the JVM. */
  public void of(String name) {
    group = name;
  }

  /** Something holds from now on. */
  public void applied(String text) {
    changes.add(new Change(group, Result.APPLIED, text));
  }

  /** Something needs a restart. */
  public void restart(String text) {
    changes.add(new Change(group, Result.RESTART, text));
  }

  /** Something could not be done yet. */
  public void later(String text) {
    changes.add(new Change(group, Result.LATER, text));
  }

  /** What is odd but harmless. */
  public void warnings(List<Fault> more) {
    warnings.addAll(more);
  }

  /**
   * Nothing is changed.
   *
   * @param why such as {@code the new configuration has faults}
   */
  public void refused(String why, List<Fault> found) {
    refusal = why;
    faults.addAll(found);
  }

  /** Path of the configuration file. */
  public String file() {
    return file;
  }

  /** False when the configuration was refused as a whole, and nothing has changed. */
  public boolean isTaken() {
    return refusal == null;
  }

  /** What is configured otherwise now, and what has become of it. */
  public List<Change> changes() {
    return Collections.unmodifiableList(changes);
  }

  /** Why the configuration was refused. */
  public List<Fault> faults() {
    return Collections.unmodifiableList(faults);
  }

  /** Names that are not known, and what else is odd. */
  public List<Fault> warnings() {
    return Collections.unmodifiableList(warnings);
  }

  /** So many have come to this. */
  public int count(Result result) {
    int count = 0;
    for (Change change : changes) {
      count += change.result == result ? 1 : 0;
    }
    return count;
  }

  /** One sentence without a full stop. */
  public String summary() {
    if (refusal != null) {
      return refusal + ", and changes nothing";
    }
    if (changes.isEmpty()) {
      return "the configuration was read again: nothing has changed";
    }
    StringBuilder text = new StringBuilder("the configuration was read again: ");
    text.append(count(Result.APPLIED)).append(" applied");
    if (count(Result.LATER) > 0) {
      text.append(", ").append(count(Result.LATER)).append(" not possible yet");
    }
    if (count(Result.RESTART) > 0) {
      text.append(", ").append(count(Result.RESTART)).append(" left for a restart");
    }
    return text.toString();
  }

  /** All of it, line by line. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Fault warning : warnings) {
      lines.add("warning: " + warning);
    }
    for (Change change : changes) {
      lines.add(change.toString());
    }
    if (refusal != null || changes.isEmpty()) {
      lines.add(summary() + (faults.isEmpty() ? "" : ":"));
    }
    for (Fault fault : faults) {
      lines.add("  " + fault);
    }
    return lines;
  }
}
