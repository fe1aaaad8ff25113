package io.rwsplit.json;

import java.util.Map;

/**
 * Writes JSON (RFC 8259) of maps, iterables, strings, numbers, booleans and null. Stateless.
 *
 * <p>What could end a script element or a line of JavaScript is escaped, so that an answer is
 * harmless wherever it is pasted; so are lone surrogates, which UTF-8 has no bytes for.
 */
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private JsonWriter() {}

  /**
   * The value as JSON, in one line.
   *
   * @param value maps keep their order; doubles that are no numbers become null
   * @throws IllegalArgumentException for a value of another kind
   */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder(256);
    append(out, value);
    return out.toString();
  }

  private static void append(StringBuilder out, Object value) {
    if (value == null || value instanceof Boolean || isWhole(value)) {
      out.append(value);
    } else if (value instanceof Double) {
      double number = (Double) value;
      boolean finite = !Double.isNaN(number) && !Double.isInfinite(number);
      out.append(finite ? value.toString() : "null");
    } else if (value instanceof CharSequence) {
      appendString(out, (CharSequence) value);
    } else if (value instanceof Map) {
      appendMap(out, (Map<?, ?>) value);
    } else if (value instanceof Iterable) {
      char before = '[';
      for (Object each : (Iterable<?>) value) {
        out.append(before);
        append(out, each);
        before = ',';
      }
      out.append(before == '[' ? "[]" : "]");
    } else {
      throw new IllegalArgumentException("no JSON for a " + value.getClass().getName());
    }
  }

  private static boolean isWhole(Object value) {
    return value instanceof Long || value instanceof Integer;
  }

  private static void appendMap(StringBuilder out, Map<?, ?> map) {
    char before = '{';
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before);
      appendString(out, (String) entry.getKey());
      out.append(':');
      append(out, entry.getValue());
      before = ',';
    }
    out.append(before == '{' ? "{}" : "}");
  }

  private static void appendString(StringBuilder out, CharSequence text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c == '\n') {
        out.append("\\n");
      } else if (c < ' ' || c == '<' || c == '>' || c == '&' || c == 0x7f || isUnsafe(text, i)) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt((c >> shift) & 15));
        }
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  /** A line separator, or half of a pair of surrogates without the other half. */
  private static boolean isUnsafe(CharSequence text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
    }
    return c == 0x2028 || c == 0x2029;
  }
}
