package io.rwsplit.engine;

import java.util.Locale;

/**
 * Takes passwords and keys out of URLs and other configuration text before it is shown. Stateless.
 *
 * <p>Works on text that need not be a valid URL, since faults are shown too, and masks too much
 * rather than too little: text of which it cannot say where a secret ends is masked to its end.
 */
public final class Secrets {
  /** What is shown in the place of a secret. */
  public static final String MASK = "***";

  private Secrets() {}

  /**
   * The text without the values of secret parameters ({@code password=}, {@code ;PASSWORD=}, {@code
   * hexkey=}, {@code (password=…)}) and without what stands between a user's name and its
   * {@code @}; null stays null.
   */
  public static String mask(String text) {
    if (text == null) {
      return null;
    }
    return maskParameters(maskUser(text));
  }

  /** True when a property or parameter of this name holds a secret. */
  public static boolean isSecretName(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return key.contains("pass")
        || key.contains("pwd")
        || key.contains("secret")
        || key.contains("token")
        || key.contains("credential")
        || key.endsWith("key");
  }

  private static String maskUser(String text) {
    Engine engine = Engine.ofUrl(text);
    int slashes = text.indexOf("//");
    if (engine == Engine.SQLITE || (engine == Engine.H2 && slashes < 0)) {
      return text;
    }
    int query = startOfQuery(text);
    int at = text.lastIndexOf('@', query - 1);
    if (slashes < 0 || slashes >= query) {
      return at < 0 ? text : text.substring(0, endOfScheme(text)) + MASK + text.substring(at);
    }
    int authority = slashes + 2;
    int colon = text.indexOf(':', authority);
    if (colon < 0) {
      return text;
    }
    if (at > colon) {
      return text.substring(0, colon + 1) + MASK + text.substring(at);
    }
    return at >= authority ? text : maskUnusualUser(text, authority, colon, query);
  }

  /** A password with a delimiter in it, or one where a port belongs. */
  private static String maskUnusualUser(String text, int authority, int colon, int query) {
    int end = authority;
    while (end < text.length() && "/?;#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    int lastAt = text.lastIndexOf('@');
    boolean odd = colon < end && !endsInPorts(text.substring(authority, end));
    boolean plain = lastAt > query && text.substring(query, lastAt).indexOf('=') < 0;
    if (lastAt > colon && (odd || plain)) {
      return text.substring(0, colon + 1) + MASK + text.substring(lastAt);
    }
    return odd ? text.substring(0, colon + 1) + MASK + text.substring(end) : text;
  }

  private static boolean endsInPorts(String authority) {
    if (authority.indexOf('(') >= 0) {
      return true;
    }
    for (int start = 0; start <= authority.length(); ) {
      int comma = authority.indexOf(',', start);
      int end = comma < 0 ? authority.length() : comma;
      String host = authority.substring(start, end);
      boolean bracketed = host.endsWith("]") && host.startsWith("[");
      int port = host.lastIndexOf(':') + 1;
      for (int i = port; port > 0 && !bracketed && i < host.length(); i++) {
        if (host.charAt(i) < '0' || host.charAt(i) > '9') {
          return false;
        }
      }
      start = end + 1;
    }
    return true;
  }

  private static int endOfScheme(String text) {
    int start = text.regionMatches(true, 0, "jdbc:", 0, 5) ? 5 : 0;
    return start == 0 ? 0 : text.indexOf(':', start) + 1;
  }

  private static int startOfQuery(String text) {
    Engine engine = Engine.ofUrl(text);
    int question = text.indexOf('?');
    int semicolon = text.indexOf(';');
    if (engine == Engine.H2) {
      question = semicolon;
    } else if (engine == null && semicolon >= 0 && (question < 0 || semicolon < question)) {
      question = semicolon;
    }
    return question < 0 ? text.length() : question;
  }

  private static String maskParameters(String text) {
    StringBuilder masked = new StringBuilder(text.length());
    int query = startOfQuery(text);
    int copied = 0;
    int equals = text.indexOf('=');
    while (equals >= 0) {
      if (isSecretName(Percent.decode(nameBefore(text, equals), false))) {
        int end = equals < query ? endInAddress(text, query) : endInQuery(text, query, equals + 1);
        masked.append(text, copied, equals + 1).append(MASK);
        copied = end;
        equals = text.indexOf('=', end);
      } else {
        equals = text.indexOf('=', equals + 1);
      }
    }
    return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
  }

  private static String nameBefore(String text, int equals) {
    int start = equals;
    while (start > 0 && "?&;(,/\\".indexOf(text.charAt(start - 1)) < 0) {
      start--;
    }
    return text.substring(start, equals);
  }

  /** Within {@code (host=…,password=…)} a value has no certain end but the last bracket. */
  private static int endInAddress(String text, int query) {
    int bracket = text.lastIndexOf(')', query - 1);
    return bracket < 0 ? query : bracket;
  }

  /** A part without {@code =} after a secret is more of it: an {@code &} that was not encoded. */
  private static int endInQuery(String text, int query, int from) {
    boolean semicolons = text.charAt(query) == ';';
    int end = semicolons ? endOfH2Setting(text, from) : next(text, '&', from);
    while (end < text.length()) {
      int next = semicolons ? endOfH2Setting(text, end + 1) : next(text, '&', end + 1);
      if (text.substring(end, next).indexOf('=') >= 0) {
        return end;
      }
      end = next;
    }
    return end;
  }

  private static int next(String text, char delimiter, int from) {
    int at = text.indexOf(delimiter, from);
    return at < 0 ? text.length() : at;
  }

  /** The next semicolon that is not escaped by a backslash, or the end. */
  static int endOfH2Setting(String settings, int from) {
    for (int i = from; i < settings.length(); i++) {
      char c = settings.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == ';') {
        return i;
      }
    }
    return settings.length();
  }
}
