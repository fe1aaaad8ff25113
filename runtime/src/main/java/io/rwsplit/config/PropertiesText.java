package io.rwsplit.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the syntax of {@code java.util.Properties}, as its documentation has it, but keeps the line
 * of each entry and does not drop a backslash in silence. Used by one thread.
 */
final class PropertiesText {
  private final String text;
  private final List<FileEntry> entries = new ArrayList<FileEntry>();
  private int at;
  private int line = 1;

  private PropertiesText(String text) {
    this.text = text;
  }

  /** The entries in the order of the text, equal names too. */
  static List<FileEntry> parse(String text) throws BadLine {
    PropertiesText parser = new PropertiesText(text);
    while (parser.at < text.length()) {
      parser.entry();
    }
    return parser.entries;
  }

  private void entry() throws BadLine {
    skipBlanks();
    if (at >= text.length() || isLineEnd(text.charAt(at))) {
      endLine();
      return;
    }
    if (text.charAt(at) == '#' || text.charAt(at) == '!') {
      while (at < text.length() && !isLineEnd(text.charAt(at))) {
        at++;
      }
      endLine();
      return;
    }
    int first = line;
    String name = part(true);
    skipBlanks();
    if (at < text.length() && (text.charAt(at) == '=' || text.charAt(at) == ':')) {
      at++;
      skipBlanks();
    }
    entries.add(new FileEntry(name, part(false), first));
    endLine();
  }

  /** A name, up to a separator, or a value, up to the end of the line. */
  private String part(boolean name) throws BadLine {
    StringBuilder part = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        at++;
        escaped(part);
      } else if (isLineEnd(c) || (name && (c == '=' || c == ':' || isBlank(c)))) {
        break;
      } else {
        part.append(c);
        at++;
      }
    }
    return part.toString();
  }

  private void escaped(StringBuilder part) throws BadLine {
    if (at >= text.length()) {
      return;
    }
    char c = text.charAt(at);
    if (isLineEnd(c)) {
      endLine();
      skipBlanks();
      return;
    }
    at++;
    switch (c) {
      case 't':
        part.append('\t');
        break;
      case 'n':
        part.append('\n');
        break;
      case 'r':
        part.append('\r');
        break;
      case 'f':
        part.append('\f');
        break;
      case 'u':
        part.append(unicode());
        break;
      default:
        if (Character.isLetterOrDigit(c)) {
          throw new BadLine(
              line, "has a backslash before \"" + c + "\": write \\\\ for a backslash");
        }
        part.append(c);
    }
  }

  private char unicode() throws BadLine {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw new BadLine(line, "has \\u without four hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private void skipBlanks() throws BadLine {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length() && isLineEnd(text.charAt(at + 1))) {
        at++;
        endLine();
      } else if (isBlank(c)) {
        at++;
      } else {
        return;
      }
    }
  }

  private void endLine() {
    if (at < text.length()) {
      boolean two = text.startsWith("\r\n", at);
      at += two ? 2 : 1;
      line++;
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
