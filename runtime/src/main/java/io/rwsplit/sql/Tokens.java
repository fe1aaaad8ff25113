package io.rwsplit.sql;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tokens of a digest (see {@link SqlScanner}). Immutable. */
final class Tokens {
  private static final String SINGLE = "(),.;[]{}";

  private final List<TokenType> types;
  private final List<String> texts;

  private Tokens(List<TokenType> types, List<String> texts) {
    this.types = types;
    this.texts = texts;
  }

  /** Splits a digest. */
  static Tokens of(String digest) {
    List<TokenType> types = new ArrayList<>();
    List<String> texts = new ArrayList<>();
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
      i = e;
    }
    return new Tokens(types, texts);
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
    return new Tokens(types.subList(from, to), texts.subList(from, to));
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

  /** The first token of the statement's tail from {@code from} that is this word, or -1. */
  int find(int from, String upper) {
    for (int i = from; i < size(); i++) {
      if (isWord(i, upper)) {
        return i;
      }
    }
    return -1;
  }

  /** The tokens [from, to) as text. */
  String join(int from, int to) {
    StringBuilder b = new StringBuilder();
    for (int i = from; i < to && i < size(); i++) {
      if (b.length() > 0 && !isSymbol(i, ".") && !isSymbol(i - 1, ".")) {
        b.append(' ');
      }
      b.append(type(i) == TokenType.STRING ? "'" + text(i) + "'" : text(i));
    }
    return b.toString();
  }
}
