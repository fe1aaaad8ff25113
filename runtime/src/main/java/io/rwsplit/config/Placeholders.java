package io.rwsplit.config;

import java.io.File;

/**
 * Values that stand elsewhere: {@code ${env:NAME}}, {@code ${sys:name}} and {@code ${file:/path}},
 * so that secrets need not stand in the configuration. What they hold is not looked at again.
 * Stateless.
 */
final class Placeholders {
  private static final String[] KINDS = {"env:", "sys:", "file:"};

  private Placeholders() {}

  private static final String FILE = "the path of a file that this process may read";

  /** The text with what it refers to; the same object when it refers to nothing. */
  static String resolve(String text) throws InvalidValue {
    int start = text.indexOf("${");
    if (start < 0) {
      return text;
    }
    StringBuilder resolved = new StringBuilder();
    int copied = 0;
    while (start >= 0) {
      String kind = kind(text, start + 2);
      int end = kind == null ? -1 : text.indexOf('}', start);
      if (kind != null && end < 0) {
        throw new InvalidValue("has ${" + kind + " without a closing }", "${" + kind + "...}");
      }
      if (kind != null) {
        String name = text.substring(start + 2 + kind.length(), end);
        resolved.append(text, copied, start).append(value(kind, name));
        copied = end + 1;
      }
      start = text.indexOf("${", Math.max(start + 2, copied));
    }
    return resolved.append(text, copied, text.length()).toString();
  }

  private static String kind(String text, int at) {
    for (String kind : KINDS) {
      if (text.startsWith(kind, at)) {
        return kind;
      }
    }
    return null;
  }

  private static String value(String kind, String name) throws InvalidValue {
    String value;
    if (kind.equals("env:")) {
      value = System.getenv(name);
      if (value == null) {
        throw new InvalidValue(
            "refers to the environment variable " + name + ", which is not set",
            "a variable that the process was started with");
      }
    } else if (kind.equals("sys:")) {
      value = System.getProperty(name);
      if (value == null) {
        throw new InvalidValue(
            "refers to the system property " + name + ", which is not set",
            "a property given by -D");
      }
    } else {
      value = ofFile(name);
    }
    return value;
  }

  private static String ofFile(String name) throws InvalidValue {
    if (name.trim().isEmpty()) {
      throw new InvalidValue("refers to a file without naming it", FILE);
    }
    try {
      String text = TextFile.read(new File(name));
      int end = text.length();
      // As editors and echo end a file; more may be meant.
      end -= text.endsWith("\r\n") ? 2 : text.endsWith("\n") ? 1 : 0;
      return text.substring(0, end);
    } catch (InvalidValue e) {
      throw new InvalidValue("refers to the file " + name + ", which " + e.getMessage(), FILE);
    }
  }
}
