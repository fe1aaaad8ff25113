package io.rwsplit.log;

/**
 * Where in a text a secret is masked. One that nobody would take for a word is masked wherever it
 * is found. One that may be a common word ({@code postgres}) is masked wherever it stands as a word
 * of its own, and left where it is a part of a longer one ({@code jdbc:postgresql:}): what
 * separates it from its surroundings in a URL, a property, a message or an encoded form of these
 * makes it a word of its own. Stateless.
 */
final class Concealing {
  private static final String MASK = "***";

  /** Longer ones are no words. */
  private static final int LONGEST_WORD = 14;

  private static final int ESCAPED = 2;
  private static final int UNICODE = 4;

  /** A value may follow them without anything between. */
  private static final String[] NAMES = {"password", "passwd", "pwd", "secret", "token", "-p"};

  private Concealing() {}

  /** The text without the secret. */
  static String mask(String text, String secret) {
    if (!isWord(secret)) {
      return text.replace(secret, MASK);
    }
    StringBuilder masked = new StringBuilder(text.length());
    int from = 0;
    for (int at = text.indexOf(secret); at >= 0; ) {
      int end = at + secret.length();
      if (stands(text, at, end)) {
        masked.append(text, from, at).append(MASK);
        from = end;
        at = text.indexOf(secret, end);
      } else {
        at = text.indexOf(secret, at + 1);
      }
    }
    return masked.append(text, from, text.length()).toString();
  }

  /** Letters only, with capitals as words have them. */
  private static boolean isWord(String secret) {
    boolean upper = true;
    boolean lower = true;
    for (int i = 0; i < secret.length(); i++) {
      char c = secret.charAt(i);
      boolean capital = c >= 'A' && c <= 'Z';
      if (!capital && (c < 'a' || c > 'z')) {
        return false;
      }
      upper &= capital;
      lower &= !capital || i == 0;
    }
    return (upper || lower) && secret.length() <= LONGEST_WORD;
  }

  private static boolean stands(String text, int at, int end) {
    boolean endsLater = end < text.length() && Character.isLetterOrDigit(text.charAt(end));
    boolean beganBefore = at > 0 && Character.isLetterOrDigit(text.charAt(at - 1));
    if (beganBefore) {
      beganBefore = !endsEscape(text, at) && !endsName(text, at);
    }
    return !endsLater && !beganBefore;
  }

  /** As in {@code %3A} and {@code \n}, and with four hexadecimal digits. */
  private static boolean endsEscape(String text, int at) {
    return (at > ESCAPED && text.charAt(at - ESCAPED - 1) == '%')
        || (at >= 2 && text.charAt(at - 2) == '\\')
        || (at > UNICODE + 1 && text.startsWith("\\u", at - UNICODE - 2));
  }

  private static boolean endsName(String text, int at) {
    for (String name : NAMES) {
      if (text.regionMatches(true, at - name.length(), name, 0, name.length())) {
        return true;
      }
    }
    return false;
  }
}
