package io.rwsplit.alert;

import io.rwsplit.log.Log;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Something that is wrong at a moment. Immutable; its texts hold no known secrets. */
public final class Condition {
  private static final int LONGEST = 1_000;

  private final AlertKey key;
  private final Severity severity;
  private final String text;
  private final String advice;
  private final List<AlertKey> causes;

  /**
   * A condition.
   *
   * @param text what is wrong, with figure, limit and property
   * @param advice what to do
   * @param causes what explains it: while one of these stands, nothing is said of this
   */
  public Condition(
      AlertKey key, Severity severity, String text, String advice, AlertKey... causes) {
    this.key = key;
    this.severity = severity;
    this.text = shown(text);
    this.advice = shown(advice);
    this.causes = Collections.unmodifiableList(new ArrayList<>(Arrays.asList(causes)));
  }

  /** One line of some length, without secrets: servers' own messages may be part of it. */
  static String shown(String text) {
    String concealed = Log.concealed(String.valueOf(text));
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < concealed.length() && line.length() < LONGEST; i++) {
      char c = concealed.charAt(i);
      line.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? ' ' : c);
    }
    return line.toString();
  }

  AlertKey key() {
    return key;
  }

  Severity severity() {
    return severity;
  }

  String text() {
    return text;
  }

  String advice() {
    return advice;
  }

  List<AlertKey> causes() {
    return causes;
  }

  @Override
  public String toString() {
    return severity + " " + key + ": " + text;
  }
}
