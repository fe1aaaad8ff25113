package io.rwsplit.config;

import io.rwsplit.engine.JdbcUrl;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Splits and parses the JDBC URLs of a property. */
final class UrlList {
  private UrlList() {}

  /** A list of one URL. */
  static List<JdbcUrl> parseOne(String text) {
    return Collections.singletonList(JdbcUrl.parse(text));
  }

  /**
   * Splits at commas that are followed by {@code jdbc:}, because host lists and parameters hold
   * commas too. Stray commas and white space between the URLs are dropped.
   */
  static List<JdbcUrl> parse(String text) {
    List<JdbcUrl> urls = new ArrayList<JdbcUrl>();
    int start = 0;
    while (start < text.length()) {
      int end = endOfUrl(text, start);
      String url = trim(text.substring(start, end));
      if (!url.isEmpty()) {
        urls.add(JdbcUrl.parse(url));
      }
      start = end + 1;
    }
    return Collections.unmodifiableList(urls);
  }

  private static int endOfUrl(String text, int start) {
    int comma = text.indexOf(',', start);
    while (comma >= 0) {
      int next = comma + 1;
      while (next < text.length() && text.charAt(next) <= ' ') {
        next++;
      }
      if (text.regionMatches(true, next, "jdbc:", 0, 5)) {
        return comma;
      }
      comma = text.indexOf(',', comma + 1);
    }
    return text.length();
  }

  private static String trim(String url) {
    int start = 0;
    int end = url.length();
    while (start < end && isGap(url.charAt(start))) {
      start++;
    }
    while (end > start && isGap(url.charAt(end - 1))) {
      end--;
    }
    return url.substring(start, end);
  }

  private static boolean isGap(char c) {
    return c <= ' ' || c == ',';
  }
}
