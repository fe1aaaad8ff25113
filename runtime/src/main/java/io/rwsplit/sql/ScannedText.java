package io.rwsplit.sql;

import java.util.Arrays;

/**
 * The result of one scan: the digest of a text and facts about it. Mutable and reused by one
 * thread; nothing of it survives the next scan.
 */
final class ScannedText {
  /** Buffers longer than this are not kept for the next text. */
  private static final int KEPT_CHARS = 8 * 1024;

  /** The digest: the first {@link #length} chars. */
  char[] digest = new char[512];

  /** The text's own chars, or the first of them. */
  char[] source = new char[512];

  int length;

  /** Where the first word lies in the digest; both 0 when there is none. */
  int firstWordStart;

  int firstWordEnd;

  /** Statements that are not empty. */
  int statements;

  /** True when a string or a number was replaced. */
  boolean literals;

  /** Deepest nesting of parentheses. */
  int depth;

  Hint hint = Hint.NONE;

  /** True when another setting of the server, or an error, would split the text otherwise. */
  boolean doubt;

  /** True when the text holds {@code /*! … *}{@code /}. */
  boolean executableComment;

  /** True when the digest holds only the head of a text that is too long. */
  boolean truncated;

  /** Makes room for so many chars of digest and of text, and forgets the last scan. */
  void reset(int digestChars, int sourceChars) {
    digest = fit(digest, digestChars);
    source = fit(source, sourceChars);
    length = 0;
    firstWordStart = 0;
    firstWordEnd = 0;
    statements = 0;
    depth = 0;
    literals = false;
    hint = Hint.NONE;
    doubt = false;
    executableComment = false;
    truncated = false;
  }

  private static char[] fit(char[] buffer, int chars) {
    boolean kept = buffer.length >= chars && (buffer.length <= KEPT_CHARS || chars > KEPT_CHARS);
    return kept ? buffer : new char[Math.max(chars, 512)];
  }

  /** The hash of the digest: four sums side by side, which the processor can compute at once. */
  int hash() {
    char[] d = digest;
    int n = length;
    int a = n;
    int b = 1;
    int c = 2;
    int e = 3;
    int i = 0;
    for (; i + 3 < n; i += 4) {
      a = 31 * a + d[i];
      b = 31 * b + d[i + 1];
      c = 31 * c + d[i + 2];
      e = 31 * e + d[i + 3];
    }
    for (; i < n; i++) {
      a = 31 * a + d[i];
    }
    int h = ((a * 37 + b) * 37 + c) * 37 + e;
    return h ^ (h >>> 15) ^ (h >>> 7);
  }

  /** True when the first word is {@code upper}, which must be in upper case. */
  boolean firstWordIs(String upper) {
    int n = firstWordEnd - firstWordStart;
    if (n != upper.length()) {
      return false;
    }
    for (int i = 0; i < n; i++) {
      char c = digest[firstWordStart + i];
      if (c >= 'a' && c <= 'z') {
        c = (char) (c - 32);
      }
      if (c != upper.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** A copy of the digest. */
  String digestText() {
    return new String(digest, 0, length);
  }

  /** A copy of the digest's chars. */
  char[] copy() {
    return Arrays.copyOf(digest, length);
  }
}
