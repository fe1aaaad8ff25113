package io.rwsplit.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) strictly: objects become maps in their order, arrays lists, numbers {@code
 * Long} where they fit and {@code Double} else. A name that occurs twice in an object, and anything
 * nested deeper than some levels, is a fault.
 *
 * <p>Of our own because few short messages of known forms are read: a library would be more to
 * relocate than this is to test. Used by one thread.
 */
public final class Json {
  private static final int DEEPEST = 32;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /**
   * The value that the text is.
   *
   * @throws JsonFault when it is not JSON
   */
  public static Object parse(String text) throws JsonFault {
    Json json = new Json(text);
    Object value = json.value();
    json.skipSpace();
    if (json.at < text.length()) {
      throw json.fault("more after its end");
    }
    return value;
  }

  private JsonFault fault(String what) {
    return new JsonFault(what + " at character " + (at + 1));
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** The next character that is no space, without going past it; 0 at the end. */
  private char peek() {
    skipSpace();
    return at < text.length() ? text.charAt(at) : 0;
  }

  private boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char wanted) throws JsonFault {
    if (!take(wanted)) {
      throw fault("no " + wanted);
    }
  }

  private Object value() throws JsonFault {
    char first = peek();
    switch (first) {
      case '{':
      case '[':
        if (++depth > DEEPEST) {
          throw fault("too deep nesting");
        }
        Object nested = first == '{' ? object() : array();
        depth--;
        return nested;
      case '"':
        return string();
      case 't':
        return word("true", true);
      case 'f':
        return word("false", false);
      case 'n':
        return word("null", null);
      default:
        return number();
    }
  }

  private Object word(String word, Object meaning) throws JsonFault {
    if (!text.startsWith(word, at)) {
      throw fault("no value");
    }
    at += word.length();
    return meaning;
  }

  private Map<String, Object> object() throws JsonFault {
    Map<String, Object> object = new LinkedHashMap<>();
    expect('{');
    if (take('}')) {
      return object;
    }
    do {
      if (peek() != '"') {
        throw fault("no name");
      }
      String name = string();
      if (object.containsKey(name)) {
        throw fault("the same name twice");
      }
      expect(':');
      object.put(name, value());
    } while (take(','));
    expect('}');
    return object;
  }

  private List<Object> array() throws JsonFault {
    List<Object> array = new ArrayList<>();
    expect('[');
    if (take(']')) {
      return array;
    }
    do {
      array.add(value());
    } while (take(','));
    expect(']');
    return array;
  }

  private String string() throws JsonFault {
    StringBuilder string = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return string.toString();
      }
      if (c < ' ') {
        throw fault("a control character");
      }
      string.append(c == '\\' ? escaped() : c);
    }
    throw fault("no end of a string");
  }

  private char escaped() throws JsonFault {
    char c = at < text.length() ? text.charAt(at++) : 0;
    int plain = "\"\\/".indexOf(c);
    if (c != 0 && plain >= 0) {
      return c;
    }
    int control = "bfnrt".indexOf(c);
    if (c != 0 && control >= 0) {
      return "\b\f\n\r\t".charAt(control);
    }
    if (c != 'u' || at + 4 > text.length()) {
      throw fault("an unknown escape");
    }
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(text.charAt(at), 16);
      if (digit < 0 || text.charAt(at) > 'f') {
        throw fault("an unknown escape");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private Object number() throws JsonFault {
    int start = at;
    boolean whole = true;
    take('-');
    int digits = digits();
    if (digits == 0 || (digits > 1 && text.charAt(at - digits) == '0')) {
      throw fault("no value");
    }
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      whole = false;
      requireDigits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      at++;
      whole = false;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      requireDigits();
    }
    String number = text.substring(start, at);
    if (whole && digits <= 18) {
      return Long.valueOf(number);
    }
    return Double.valueOf(number);
  }

  private void requireDigits() throws JsonFault {
    if (digits() == 0) {
      throw fault("no digit");
    }
  }

  private int digits() {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - start;
  }
}
