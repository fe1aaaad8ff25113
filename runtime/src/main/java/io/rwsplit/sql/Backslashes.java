package io.rwsplit.sql;

/**
 * Reads a text with another meaning of backslashes than the scanner's, to find out whether a server
 * that is set up so could run it.
 */
final class Backslashes {
  private final String text;
  private final int end;
  private final int start;

  /**
   * {@code start}: where the first string with a backslash before a quote begins; up to there is
   * one reading only.
   */
  Backslashes(String text, int end, int start) {
    this.text = text;
    this.end = end;
    this.start = start;
  }

  /**
   * False when a server that reads backslashes in this way would refuse the text as a whole: then
   * it is not set up so, or nothing happens. Every doubt is true, a semicolon included, for what
   * stands before it may be run before the rest is refused.
   */
  boolean makeSense(boolean singleEscapes, boolean doubleEscapes) {
    int e = start;
    while (e < end) {
      char c = text.charAt(e);
      switch (c) {
        case '\'':
          e = endOfString(e, c, singleEscapes);
          break;
        case '"':
          e = endOfString(e, c, doubleEscapes);
          break;
        case '`':
          e = endOfString(e, c, false);
          break;
        case '\\':
          return e + 1 < end && text.charAt(e + 1) == 'N';
        case ';':
        case '#':
        case '$':
          return true;
        case '-':
        case '/':
          if (e + 1 < end && (text.charAt(e + 1) == '-' || text.charAt(e + 1) == '*')) {
            return true;
          }
          e++;
          break;
        default:
          e++;
          break;
      }
      if (e < 0) {
        return false;
      }
    }
    return true;
  }

  /** The end of the string that opens at {@code from}, or -1. */
  private int endOfString(int from, char quote, boolean escapes) {
    int e = from + 1;
    while (e < end) {
      char c = text.charAt(e);
      if (c == '\\' && escapes) {
        e += 2;
      } else if (c != quote) {
        e++;
      } else if (e + 1 < end && text.charAt(e + 1) == quote) {
        e += 2;
      } else {
        return e + 1;
      }
    }
    return -1;
  }
}
