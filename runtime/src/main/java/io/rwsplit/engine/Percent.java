package io.rwsplit.engine;

import java.nio.charset.StandardCharsets;

/** Percent-decoding as URL parsers of drivers do it, but lenient: a malformed escape stays text. */
final class Percent {
  private Percent() {}

  /** Decodes {@code %HH} as UTF-8, and {@code +} as a space when asked. */
  static String decode(String text, boolean plusIsSpace) {
    if (text.indexOf('%') < 0 && !(plusIsSpace && text.indexOf('+') >= 0)) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      byte b = in[i];
      if (b == '%' && i + 2 < in.length && hex(in[i + 1]) >= 0 && hex(in[i + 2]) >= 0) {
        b = (byte) (hex(in[i + 1]) << 4 | hex(in[i + 2]));
        i += 2;
      } else if (b == '+' && plusIsSpace) {
        b = ' ';
      }
      out[length++] = b;
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }

  private static int hex(byte b) {
    return b < 0 ? -1 : Character.digit((char) b, 16);
  }
}
