package io.rwsplit.config;

import io.rwsplit.engine.Secrets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Parses values that hold several. Stateless; regular expressions only where one is the value. */
final class Lists {
  /** What Patroni listens on unless it is told otherwise. */
  private static final int PATRONI_PORT = 8008;

  private Lists() {}

  /** Splits at commas, trims; an empty text is one empty part. */
  static List<String> parts(String text) {
    return split(text, ',');
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<String>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == separator) {
        parts.add(text.substring(from, i).trim());
        from = i + 1;
      }
    }
    return parts;
  }

  /** Names separated by commas, none of them empty. */
  static List<String> names(String text) throws InvalidValue {
    List<String> names = parts(text);
    for (String name : names) {
      if (name.isEmpty()) {
        throw new InvalidValue("holds an empty name");
      }
    }
    return Collections.unmodifiableList(names);
  }

  /** REST URLs separated by commas, each once. */
  static List<RestUrl> restUrls(String text) throws InvalidValue {
    List<RestUrl> urls = new ArrayList<RestUrl>();
    for (String part : parts(text)) {
      RestUrl url = RestUrl.parse(part, PATRONI_PORT);
      if (urls.contains(url)) {
        throw new InvalidValue("lists " + url + " twice");
      }
      urls.add(url);
    }
    return Collections.unmodifiableList(urls);
  }

  /** A name of letters, digits, {@code _}, {@code -} and dots. */
  static String label(String text) throws InvalidValue {
    if (!isLabel(text)) {
      throw new InvalidValue("is no name of letters, digits, _, - and dots");
    }
    return text;
  }

  private static boolean isLabel(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '_' && c != '-' && c != '.') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * Labels by replica, separated by commas.
   *
   * @param several true when one replica may have several, joined by {@code +}
   */
  static List<List<String>> labels(String text, boolean several) throws InvalidValue {
    List<List<String>> all = new ArrayList<List<String>>();
    for (String each : parts(text)) {
      List<String> ofOne = new ArrayList<String>();
      if (!each.isEmpty()) {
        for (String label : several ? split(each, '+') : Collections.singletonList(each)) {
          if (!isLabel(label)) {
            throw new InvalidValue("holds \"" + Secrets.mask(label) + "\", which is no name");
          }
          ofOne.add(label);
        }
      }
      all.add(Collections.unmodifiableList(ofOne));
    }
    return Collections.unmodifiableList(all);
  }

  /**
   * Rules {@code tag=value}. A semicolon separates two of them where {@code tag=} follows it, so
   * that any other may stand in a regular expression.
   *
   * @param patterns true when the values are regular expressions, false when they are names
   */
  static List<TaggedRule> rules(String text, boolean patterns) throws InvalidValue {
    List<TaggedRule> rules = new ArrayList<TaggedRule>();
    int from = 0;
    for (int i = 0; i <= text.length(); i++) {
      boolean ends = i == text.length();
      if (ends || (text.charAt(i) == ';' && tagEnd(text, i + 1) >= 0)) {
        rules.add(rule(text.substring(from, i).trim(), patterns));
        from = i + 1;
      }
    }
    return Collections.unmodifiableList(rules);
  }

  /** Where the {@code =} of a rule is that begins here; -1 when none begins. */
  private static int tagEnd(String text, int from) {
    int equals = text.indexOf('=', from);
    return equals >= 0 && isLabel(text.substring(from, equals).trim()) ? equals : -1;
  }

  private static TaggedRule rule(String text, boolean patterns) throws InvalidValue {
    int equals = tagEnd(text, 0);
    if (equals < 0) {
      throw new InvalidValue("holds a rule that does not begin with a tag and =");
    }
    String tag = text.substring(0, equals).trim();
    String value = text.substring(equals + 1).trim();
    if (value.isEmpty()) {
      throw new InvalidValue("has nothing after " + Secrets.mask(tag) + "=");
    }
    return patterns
        ? new TaggedRule(tag, pattern(value), null)
        : new TaggedRule(tag, null, names(value));
  }

  static Pattern pattern(String text) throws InvalidValue {
    try {
      return Pattern.compile(text, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    } catch (PatternSyntaxException e) {
      throw new InvalidValue("cannot be read: " + e.getDescription());
    }
  }
}
