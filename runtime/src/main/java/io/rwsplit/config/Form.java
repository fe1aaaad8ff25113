package io.rwsplit.config;

import io.rwsplit.engine.JdbcUrl;
import io.rwsplit.engine.UrlList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Name, kind, range, default and liveness of one property: a row of the table in {@link Property},
 * which alone builds them.
 */
final class Form {
  final PropertyKind kind;
  final String name;
  String defaultText;
  String defaultInWords = "";
  boolean live;
  private Enum<?>[] options;
  private long min;
  private long max;

  private Form(PropertyKind kind, String name) {
    this.kind = kind;
    this.name = name;
  }

  static Form of(PropertyKind kind, String name) {
    return new Form(kind, name);
  }

  static Form flag(String name, String defaultText) {
    return of(PropertyKind.FLAG, name).unless(defaultText);
  }

  static Form choice(String name, Enum<?>[] options) {
    return of(PropertyKind.CHOICE, name).options(options);
  }

  static Form duration(String name, String min, String max) {
    return of(PropertyKind.DURATION, name).range(min, max);
  }

  static Form count(String name, long min, long max) {
    return of(PropertyKind.COUNT, name).range(min, max);
  }

  /** A change counts without a restart. */
  Form live() {
    live = true;
    return this;
  }

  /** Sets the default, as text that parses. */
  Form unless(String text) {
    defaultText = text;
    return this;
  }

  /** Says in words what holds when the property is not set. */
  Form unset(String words) {
    defaultInWords = words;
    return this;
  }

  Form options(Enum<?>[] values) {
    options = values;
    return this;
  }

  Form range(long least, long most) {
    min = least;
    max = most;
    return this;
  }

  Form range(String least, String most) {
    try {
      return range(Unit.parse(least, Unit.OF_DURATIONS), Unit.parse(most, Unit.OF_DURATIONS));
    } catch (InvalidValue e) {
      throw new IllegalStateException(name, e);
    }
  }

  String allowed() {
    switch (kind) {
      case FLAG:
        return "true or false";
      case CHOICE:
        return optionNames();
      case COUNT:
        return "a whole number, " + min + " to " + max;
      case PERCENT:
        return "0 to 100, with two decimals at most";
      case DURATION:
        return "a duration with a unit (" + Unit.names(Unit.OF_DURATIONS) + "), " + durations();
      case DURATIONS:
        return "durations with a unit ("
            + Unit.names(Unit.OF_DURATIONS)
            + "), "
            + durations()
            + ", separated by commas";
      case COUNTS:
        return "whole numbers, " + min + " to " + max + ", separated by commas";
      case NAME:
        return "a name of letters, digits, _, - and dots";
      case LABELS:
        return "names, separated by commas; may be empty";
      case LABEL_SETS:
        return "names, joined by +, separated by commas; may be empty";
      case TAGGED_PATTERNS:
        return "`tag=regular expression`, separated by semicolons";
      case TAGGED_NAMES:
        return "`tag=name,name`, separated by semicolons";
      case NAMES:
        return "names, separated by commas";
      case PATTERN:
        return "a regular expression of Java";
      case PERIOD:
        return "a duration with a unit ("
            + Unit.names(Unit.OF_DURATIONS)
            + "), "
            + durations()
            + ", or off";
      case URL:
        return "a JDBC URL of SQLite, PostgreSQL, MariaDB, MySQL or H2";
      case REST_URLS:
        return "http://host:port or https://host:port, separated by commas";
      case URLS:
        return "JDBC URLs of the master's engine, separated by commas";
      default:
        return "any text";
    }
  }

  private String durations() {
    return Unit.format(min, Unit.OF_DURATIONS) + " to " + Unit.format(max, Unit.OF_DURATIONS);
  }

  private String optionNames() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < options.length; i++) {
      names.append(i == 0 ? "" : i == options.length - 1 ? " or " : ", ");
      names.append(textOf(options[i]));
    }
    return names.toString();
  }

  static String textOf(Enum<?> option) {
    return option.toString().toLowerCase(Locale.ROOT);
  }

  Object parse(String text) throws InvalidValue {
    switch (kind) {
      case FLAG:
        return parseFlag(text);
      case CHOICE:
        return parseChoice(text);
      case COUNT:
        return within(parseCount(text));
      case PERCENT:
        return parsePercent(text);
      case DURATION:
        return within(Unit.parse(text, Unit.OF_DURATIONS));
      case DURATIONS:
        return parseDurations(text);
      case COUNTS:
        return parseCounts(text);
      case NAME:
        return Lists.label(text);
      case LABELS:
        return Lists.labels(text, false);
      case LABEL_SETS:
        return Lists.labels(text, true);
      case TAGGED_PATTERNS:
        return Lists.rules(text, true);
      case TAGGED_NAMES:
        return Lists.rules(text, false);
      case NAMES:
        return Lists.names(text);
      case PATTERN:
        return Lists.pattern(text);
      case PERIOD:
        return text.equals("0") || text.equalsIgnoreCase("off")
            ? Long.valueOf(0)
            : within(Unit.parse(text, Unit.OF_DURATIONS));
      case URL:
        return Collections.singletonList(JdbcUrl.parse(text));
      case REST_URLS:
        return Lists.restUrls(text);
      case URLS:
        return UrlList.parse(text);
      default:
        return text;
    }
  }

  private List<Long> parseDurations(String text) throws InvalidValue {
    List<Long> durations = new ArrayList<Long>();
    for (String each : Lists.parts(text)) {
      durations.add(within(Unit.parse(each, Unit.OF_DURATIONS)));
    }
    return Collections.unmodifiableList(durations);
  }

  private List<Long> parseCounts(String text) throws InvalidValue {
    List<Long> counts = new ArrayList<Long>();
    for (String each : Lists.parts(text)) {
      counts.add(within(parseCount(each)));
    }
    return Collections.unmodifiableList(counts);
  }

  private static Boolean parseFlag(String text) throws InvalidValue {
    if (text.equalsIgnoreCase("true")) {
      return Boolean.TRUE;
    }
    if (text.equalsIgnoreCase("false")) {
      return Boolean.FALSE;
    }
    throw new InvalidValue("is neither true nor false");
  }

  private Enum<?> parseChoice(String text) throws InvalidValue {
    for (Enum<?> option : options) {
      if (option.toString().equalsIgnoreCase(text)) {
        return option;
      }
    }
    throw new InvalidValue("is not known");
  }

  private static long parseCount(String text) throws InvalidValue {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new InvalidValue("is not a whole number, or far too large");
    }
  }

  private static Long parsePercent(String text) throws InvalidValue {
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String rest = point < 0 ? "0" : text.substring(point + 1);
    if (!isDigits(whole, 3) || !isDigits(rest, 2)) {
      throw new InvalidValue("is not a number with two decimals at most");
    }
    long hundredths = Long.parseLong(whole + (rest + "0").substring(0, 2));
    if (hundredths > 10_000) {
      throw new InvalidValue("is too large");
    }
    return hundredths;
  }

  private static boolean isDigits(String text, int most) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= most;
  }

  private Long within(long value) throws InvalidValue {
    if (value < min) {
      throw new InvalidValue("is too small");
    }
    if (value > max) {
      throw new InvalidValue("is too large");
    }
    return value;
  }
}
