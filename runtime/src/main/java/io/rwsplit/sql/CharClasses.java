package io.rwsplit.sql;

/** What the ASCII chars of a SQL text are to {@link SqlScanner}. */
final class CharClasses {
  static final byte SPACE = 1;
  static final byte WORD = 2;
  static final byte DIGIT = 3;
  static final byte SPECIAL = 4;
  static final byte BAD = 5;

  private CharClasses() {}

  /** Chars that continue a word; not changed afterwards. */
  static boolean[] parts() {
    byte[] classes = classes();
    boolean[] p = new boolean[128];
    for (int k = 0; k < 128; k++) {
      p[k] = classes[k] == WORD || classes[k] == DIGIT || k == '$';
    }
    return p;
  }

  /** The class of every ASCII char; 0 for what stands for itself. */
  static byte[] classes() {
    byte[] c = new byte[128];
    for (int k = 0; k < 32; k++) {
      c[k] = BAD;
    }
    c[127] = BAD;
    for (char k : " \t\n\r\f".toCharArray()) {
      c[k] = SPACE;
    }
    for (char k = 'a'; k <= 'z'; k++) {
      c[k] = WORD;
      c[k - 32] = WORD;
    }
    c['_'] = WORD;
    for (char k = '0'; k <= '9'; k++) {
      c[k] = DIGIT;
    }
    for (char k : "'\"`[-/#?:@$.{}();\\".toCharArray()) {
      c[k] = SPECIAL;
    }
    return c;
  }
}
