package io.rwsplit.alert;

import io.rwsplit.json.JsonWriter;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What those get who are to be told. Immutable; holds no known secrets. */
public final class Notice {
  /** Why it is sent. */
  public enum Event {
    /** It has begun. */
    RAISED,
    /** It has become worse. */
    ESCALATED,
    /** It is over. */
    RECOVERED,
    /** Somebody wants to see whether notices arrive. */
    TEST;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final long SECOND = 1_000_000_000L;

  private final Event event;
  private final AlertKey key;
  private final Severity severity;
  private final String text;
  private final String advice;
  private final long atMillis;
  private final long lastedNanos;
  private final long unsaid;
  private final List<String> explained;

  Notice(
      Event event,
      AlertKey key,
      Severity severity,
      String text,
      String advice,
      long atMillis,
      long lastedNanos,
      long unsaid,
      List<String> explained) {
    this.event = event;
    this.key = key;
    this.severity = severity;
    this.text = text;
    this.advice = advice;
    this.atMillis = atMillis;
    this.lastedNanos = lastedNanos;
    this.unsaid = unsaid;
    this.explained = Collections.unmodifiableList(explained);
  }

  static Notice test(long atMillis) {
    return new Notice(
        Event.TEST,
        null,
        Severity.WARNING,
        "This is a test of rwsplit's alerts: nothing is wrong.",
        "Nothing is to be done.",
        atMillis,
        0,
        0,
        Collections.<String>emptyList());
  }

  /** Why it is sent. */
  public Event event() {
    return event;
  }

  /** What it is about; null of a test. */
  AlertKey key() {
    return key;
  }

  /** How bad it is, or was. */
  public Severity severity() {
    return severity;
  }

  /** {@code replica-lag} and so on; {@code test}. */
  public String kind() {
    return key == null ? "test" : key.kind().toString();
  }

  /** Wall-clock time, in milliseconds since 1970; for people. */
  public long atMillis() {
    return atMillis;
  }

  /** What it is about in a few words, for a subject: {@code CRITICAL replica-lag: replica1}. */
  public String title() {
    String place = key == null ? "" : key.place();
    String label =
        event == Event.RECOVERED || event == Event.TEST
            ? event.name()
            : severity.name() + (event == Event.ESCALATED ? " (was a warning)" : "");
    return label + " " + kind() + (place.isEmpty() ? "" : ": " + place);
  }

  /** All of it in one line. */
  public String line() {
    StringBuilder line = new StringBuilder(title()).append(": ");
    if (event == Event.RECOVERED) {
      line.append("over after ").append(lastedNanos / SECOND).append(" s; it was: ");
    }
    line.append(text);
    if (event != Event.RECOVERED && !advice.isEmpty()) {
      line.append(' ').append(advice);
    }
    if (unsaid > 0) {
      line.append(" (").append(unsaid).append(" more since the last notice)");
    }
    if (!explained.isEmpty()) {
      line.append(" Not said on their own: ").append(String.join(", ", explained)).append('.');
    }
    return line.toString();
  }

  /** The same as JSON, without what sends it. */
  public String json() {
    return JsonWriter.write(map(""));
  }

  /**
   * All of it for programs.
   *
   * @param source what sends it
   */
  public Map<String, Object> map(String source) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("version", 1);
    map.put("source", source);
    map.put("event", event.toString());
    map.put("kind", kind());
    map.put("severity", severity.toString());
    map.put("group", key == null ? "" : key.group());
    map.put("node", key == null ? "" : key.node());
    map.put("title", title());
    map.put("text", text);
    map.put("advice", advice);
    map.put("at", Instant.ofEpochMilli(atMillis).toString());
    map.put("seconds", lastedNanos / SECOND);
    map.put("unsaid", unsaid);
    map.put("suppressed", explained);
    return map;
  }

  @Override
  public String toString() {
    return line();
  }
}
