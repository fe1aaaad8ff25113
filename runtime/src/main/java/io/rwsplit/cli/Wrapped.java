package io.rwsplit.cli;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines at blanks. Stateless. */
final class Wrapped {
  private Wrapped() {}

  /** Lines of at most {@code width} characters, if no word is longer. */
  static List<String> lines(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int blank = text.indexOf(' ', at);
      int end = blank < 0 ? text.length() : blank;
      String word = text.substring(at, end);
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
      at = end + 1;
    }
    lines.add(line.toString());
    return lines;
  }
}
