package io.rwsplit.config;

import java.util.List;
import java.util.regex.Pattern;

/** A rule that advises replicas with a tag: by a pattern or by names. Immutable. */
public final class TaggedRule {
  private final String tag;
  private final Pattern pattern;
  private final List<String> names;

  TaggedRule(String tag, Pattern pattern, List<String> names) {
    this.tag = tag;
    this.pattern = pattern;
    this.names = names;
  }

  /** The tag, or the name of one replica, as written. */
  public String tag() {
    return tag;
  }

  /** What is to be found in a text; null for a rule by names. */
  public Pattern pattern() {
    return pattern;
  }

  /** Tables in lower case, or beginnings of class names; null for a rule by pattern. */
  public List<String> names() {
    return names;
  }
}
