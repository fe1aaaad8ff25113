package io.rwsplit.sql;

/** What a token is. */
enum TokenType {
  /** A bare word. */
  WORD,
  /** A quoted identifier, without its quotes. */
  QUOTED,
  /** A string literal. */
  STRING,
  /** A number. */
  NUMBER,
  /** A parameter. */
  PARAMETER,
  /** A run of operator chars, or one of {@code ( ) , . ;}. */
  SYMBOL,
  /** Before the first and after the last token. */
  NONE
}
