package io.rwsplit.sql;

/**
 * Case mapping of A to Z only, as the engines do it for keywords: with {@link String#toUpperCase()}
 * a long s would turn an unknown name into a known one.
 */
final class Ascii {
  private Ascii() {}

  /** {@code text} with a to z in upper case. */
  static String upper(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z') {
        char[] chars = text.toCharArray();
        for (int k = i; k < chars.length; k++) {
          if (chars[k] >= 'a' && chars[k] <= 'z') {
            chars[k] = (char) (chars[k] - 32);
          }
        }
        return new String(chars);
      }
    }
    return text;
  }

  /** {@code text} with A to Z in lower case. */
  static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        char[] chars = text.toCharArray();
        for (int k = i; k < chars.length; k++) {
          if (chars[k] >= 'A' && chars[k] <= 'Z') {
            chars[k] = (char) (chars[k] + 32);
          }
        }
        return new String(chars);
      }
    }
    return text;
  }
}
