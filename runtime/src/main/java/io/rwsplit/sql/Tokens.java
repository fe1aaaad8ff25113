package io.rwsplit.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tokens of a digest (see {@link SqlScanner}). Immutable. */
final class Tokens {
  private static final String SINGLE = "(),.;[]{}";

  private final List<TokenType> types;
  private final List<String> texts;
  private final List<Integer> starts;
  private final List<Integer> ends;
  private final String digest;

  private Tokens(
      String digest,
      List<TokenType> types,
      List<String> texts,
      List<Integer> starts,
      List<Integer> ends) {
    this.digest = digest;
    this.types = types;
    this.texts = texts;
    this.starts = starts;
    this.ends = ends;
  }

  /** Splits a digest. */
  static Tokens of(String digest) {
    List<TokenType> types = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<Integer> starts = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    int n = digest.length();
    int i = 0;
    while (i < n) {
      char c = digest.charAt(i);
      if (c == ' ') {
        i++;
        continue;
      }
      int e = i + 1;
      TokenType type;
      String text;
      if (c >= '0' && c <= '9') {
        while (e < n && (SqlScanner.isWordPart(digest.charAt(e)) || digest.charAt(e) == '.')) {
          e++;
        }
        type = TokenType.NUMBER;
        text = digest.substring(i, e);
      } else if (SqlScanner.isWordPart(c)) {
        while (e < n && SqlScanner.isWordPart(digest.charAt(e))) {
          e++;
        }
        type = TokenType.WORD;
        text = Ascii.upper(digest.substring(i, e));
      } else if (c == '\'' || c == '"' || c == '`') {
        while (e < n && digest.charAt(e) != c) {
          e++;
        }
        text = digest.substring(i + 1, e);
        e = Math.min(n, e + 1);
        type = c == '\'' ? TokenType.STRING : TokenType.QUOTED;
      } else if (c == '?') {
        type = TokenType.PARAMETER;
        text = "?";
      } else {
        if (SINGLE.indexOf(c) < 0) {
          while (e < n && isOperator(digest.charAt(e))) {
            e++;
          }
        }
        type = TokenType.SYMBOL;
        text = digest.substring(i, e);
      }
      types.add(type);
      texts.add(text);
      starts.add(i);
      ends.add(e);
      i = e;
    }
    return new Tokens(digest, types, texts, starts, ends);
  }

  private static boolean isOperator(char c) {
    return c < 128
        && c > ' '
        && !SqlScanner.isWordPart(c)
        && "'\"`?".indexOf(c) < 0
        && SINGLE.indexOf(c) < 0;
  }

  /** How many tokens there are. */
  int size() {
    return types.size();
  }

  /** The type of token {@code i}; {@link Type#NONE} outside. */
  TokenType type(int i) {
    return i < 0 || i >= types.size() ? TokenType.NONE : types.get(i);
  }

  /** The text of token {@code i}, words in upper case; empty outside. */
  String text(int i) {
    return i < 0 || i >= texts.size() ? "" : texts.get(i);
  }

  /** True when token {@code i} is the bare word {@code upper}. */
  boolean isWord(int i, String upper) {
    return type(i) == TokenType.WORD && texts.get(i).equals(upper);
  }

  /** True when token {@code i} is one of these bare words. */
  boolean isAnyWord(int i, String... upper) {
    return type(i) == TokenType.WORD && Arrays.asList(upper).contains(texts.get(i));
  }

  /** True when token {@code i} is this symbol. */
  boolean isSymbol(int i, String symbol) {
    return type(i) == TokenType.SYMBOL && texts.get(i).equals(symbol);
  }

  /** True when token {@code i} is a name, quoted or not. */
  boolean isName(int i) {
    return type(i) == TokenType.WORD || type(i) == TokenType.QUOTED;
  }

  /** The name at token {@code i} in lower case. */
  String name(int i) {
    return Ascii.lower(text(i));
  }

  /** The tokens [from, to). */
  Tokens part(int from, int to) {
    return new Tokens(
        digest,
        types.subList(from, to),
        texts.subList(from, to),
        starts.subList(from, to),
        ends.subList(from, to));
  }

  /** The index of the parenthesis that closes the one at {@code open}, or {@link #size()}. */
  int close(int open) {
    int depth = 0;
    for (int i = open; i < size(); i++) {
      if (isSymbol(i, "(")) {
        depth++;
      } else if (isSymbol(i, ")")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return size();
  }

  /** The index of the parenthesis that opens what the one at {@code close} closes, or -1. */
  int open(int close) {
    int depth = 0;
    for (int i = close; i >= 0; i--) {
      if (isSymbol(i, ")")) {
        depth++;
      } else if (isSymbol(i, "(")) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  /** True when white space or a comment stands between token {@code i} and the next. */
  boolean isApart(int i) {
    return i + 1 < size() && ends.get(i) < starts.get(i + 1);
  }

  /** The first token of the statement's tail from {@code from} that is this word, or -1. */
  int find(int from, String upper) {
    for (int i = from; i < size(); i++) {
      if (isWord(i, upper)) {
        return i;
      }
    }
    return -1;
  }

  /** The digest's text of the tokens [from, to). */
  String join(int from, int to) {
    int last = Math.min(to, size()) - 1;
    return from > last ? "" : digest.substring(starts.get(from), ends.get(last));
  }

  /** The digest's text after the assignment sign with which the symbol at {@code i} begins. */
  String afterAssignment(int i) {
    int sign = text(i).indexOf('=');
    return digest.substring(starts.get(i) + sign + 1, ends.get(size() - 1)).trim();
  }
}
