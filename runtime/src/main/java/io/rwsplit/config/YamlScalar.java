package io.rwsplit.config;

import java.util.ArrayList;
import java.util.List;

/** What stands in one line of YAML from some column on. Used by one thread. */
final class YamlScalar {
  /** What begins something of YAML that is not supported, with what that is called. */
  private static final String[] REFUSED = {
    "&an anchor",
    "*an alias",
    "!a tag",
    "|a block of text",
    ">a block of text",
    "{a mapping",
    "@a reserved sign",
    "`a reserved sign",
    "?a complex name",
    "%a directive",
    "]a bracket",
    "}a bracket",
    ",a comma"
  };

  private final String line;
  private final int number;
  private int at;

  YamlScalar(String line, int from, int number) {
    this.line = line;
    this.number = number;
    this.at = from;
    skipBlanks();
  }

  /** True when only a comment is left, or nothing. */
  boolean isEmpty() {
    return at >= line.length() || isComment(at);
  }

  boolean isFlowList() {
    return !isEmpty() && line.charAt(at) == '[';
  }

  /** A name and its colon, with what is between that and the value. */
  String name() throws BadLine {
    String name;
    if (isQuote(line.charAt(at))) {
      name = quoted();
      skipBlanks();
    } else {
      refuse();
      int start = at;
      while (at < line.length() && !isColon(at) && !isComment(at)) {
        at++;
      }
      name = line.substring(start, at).trim();
    }
    if (at >= line.length() || line.charAt(at) != ':') {
      throw new BadLine(
          number, "is neither a comment nor \"name: value\" (a space follows the colon)");
    }
    if (name.isEmpty()) {
      throw new BadLine(number, "has no name before the colon");
    }
    at++;
    skipBlanks();
    return name;
  }

  /** The scalar up to the end of the line. */
  String value() throws BadLine {
    if (isEmpty()) {
      return "";
    }
    String value;
    if (isQuote(line.charAt(at))) {
      value = quoted();
      skipBlanks();
      if (!isEmpty() || (at < line.length() && !isBlank(line.charAt(at - 1)))) {
        throw new BadLine(number, "has something after the closing quotation mark");
      }
      return value;
    }
    refuse();
    int start = at;
    while (at < line.length() && !isComment(at)) {
      if (isColon(at)) {
        throw new BadLine(number, "has a colon and a space in a value: quote it");
      }
      at++;
    }
    return line.substring(start, at).trim();
  }

  /** The elements of {@code [a, b]}, up to the end of the line. */
  List<String> flowList() throws BadLine {
    List<String> elements = new ArrayList<String>();
    at++;
    skipBlanks();
    while (at < line.length() && line.charAt(at) != ']') {
      elements.add(isQuote(line.charAt(at)) ? quoted() : flowScalar());
      skipBlanks();
      if (at < line.length() && line.charAt(at) == ',') {
        at++;
        skipBlanks();
      } else if (at < line.length() && line.charAt(at) != ']') {
        throw new BadLine(number, "has no comma between two elements");
      }
    }
    if (at >= line.length()) {
      throw new BadLine(number, "begins a list that does not end in the same line");
    }
    at++;
    skipBlanks();
    if (!isEmpty()) {
      throw new BadLine(number, "has something after the list");
    }
    return elements;
  }

  private String flowScalar() throws BadLine {
    refuse();
    if (line.charAt(at) == '[') {
      throw new BadLine(number, "has a list in a list, which is not supported");
    }
    int start = at;
    while (at < line.length() && ",[]{}".indexOf(line.charAt(at)) < 0 && !isComment(at)) {
      if (isColon(at)) {
        throw new BadLine(number, "has a colon and a space in a value: quote it");
      }
      at++;
    }
    return line.substring(start, at).trim();
  }

  private void refuse() throws BadLine {
    char c = line.charAt(at);
    for (String refused : REFUSED) {
      if (c == refused.charAt(0)) {
        throw new BadLine(
            number,
            "has "
                + refused.substring(1)
                + " ("
                + c
                + "), which is not supported: quote a value"
                + " that begins so");
      }
    }
    boolean dash = c == '-' && (at + 1 == line.length() || isBlank(line.charAt(at + 1)));
    if (dash) {
      throw new BadLine(number, "has a list in a line of its own name, which YAML does not allow");
    }
  }

  private String quoted() throws BadLine {
    char quote = line.charAt(at++);
    StringBuilder value = new StringBuilder();
    while (at < line.length()) {
      char c = line.charAt(at++);
      if (c == quote) {
        if (quote == '\'' && at < line.length() && line.charAt(at) == quote) {
          at++;
        } else {
          return value.toString();
        }
      } else if (c == '\\' && quote == '"') {
        c = escaped();
      }
      value.append(c);
    }
    throw new BadLine(number, "has a quotation mark that is not closed in the same line");
  }

  private char escaped() throws BadLine {
    char c = at < line.length() ? line.charAt(at++) : ' ';
    switch (c) {
      case '"':
      case '\\':
      case '/':
        return c;
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case 'u':
        return hexadecimal(4);
      case 'x':
        return hexadecimal(2);
      default:
        throw new BadLine(number, "has an escape that is not supported: \\" + c);
    }
  }

  private char hexadecimal(int digits) throws BadLine {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < line.length() ? Character.digit(line.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw new BadLine(number, "has an escape without its hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return (char) value;
  }

  private void skipBlanks() {
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
  }

  /** A comment begins the line, or follows a blank. */
  private boolean isComment(int index) {
    return line.charAt(index) == '#' && (index == 0 || isBlank(line.charAt(index - 1)));
  }

  private boolean isColon(int index) {
    return line.charAt(index) == ':'
        && (index + 1 == line.length() || isBlank(line.charAt(index + 1)));
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
