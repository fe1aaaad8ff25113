package io.rwsplit.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Splits a text of several JDBC URLs. Stateless. */
public final class UrlList {
  private UrlList() {}

  /**
   * Splits at commas that are followed by {@code jdbc:}, because host lists and parameters hold
   * commas too. Stray commas and white space between the URLs are dropped.
   *
   * @return an unmodifiable list, perhaps empty, perhaps of URLs with faults
   */
  public static List<JdbcUrl> parse(String text) {
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

  /** Index of the comma that ends the URL which begins at {@code start}, or of the end. */
  static int endOfUrl(String text, int start) {
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
