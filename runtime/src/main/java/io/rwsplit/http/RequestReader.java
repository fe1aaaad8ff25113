package io.rwsplit.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one request of HTTP/1.0 or 1.1 (RFC 9112), strictly: what two readers might understand in
 * two ways is refused. Head and body are bounded; how long it may take is for who owns the socket.
 * Used by one thread.
 */
final class RequestReader {
  static final int MAX_HEAD = 8 * 1024;
  static final int MAX_BODY = 64 * 1024;
  private static final int MAX_HEADERS = 64;
  private static final String TOKEN = "!#$%&'*+-.^_`|~";

  private final InputStream in;
  private final byte[] head = new byte[MAX_HEAD];
  private int end;
  private int headEnd;

  RequestReader(InputStream in) {
    this.in = in;
  }

  /**
   * The request.
   *
   * @throws Refusal when it is none, or too large
   * @throws EOFException when nothing was sent
   */
  Request read(String address) throws IOException, Refusal {
    readHead();
    String text = new String(head, 0, headEnd, StandardCharsets.ISO_8859_1);
    String[] lines = text.split("\r\n", -1);
    String[] first = lines[0].split(" ", -1);
    if (first.length != 3 || !isMethod(first[0]) || first[1].isEmpty()) {
      throw new Refusal(400, "the request line is malformed");
    }
    if (!first[2].equals("HTTP/1.1") && !first[2].equals("HTTP/1.0")) {
      throw new Refusal(first[2].startsWith("HTTP/") ? 505 : 400, "HTTP/1.1 is spoken here");
    }
    Map<String, String> headers = headers(lines);
    String target = first[1];
    if (target.charAt(0) != '/' || !isVisible(target)) {
      throw new Refusal(400, "the target is malformed");
    }
    int question = target.indexOf('?');
    String path = question < 0 ? target : target.substring(0, question);
    Map<String, String> query =
        question < 0 ? new HashMap<String, String>() : query(target.substring(question + 1));
    return new Request(first[0], path, query, headers, body(headers), address);
  }

  private void readHead() throws IOException, Refusal {
    while (true) {
      if (end == MAX_HEAD) {
        throw new Refusal(431, "the head is larger than " + MAX_HEAD + " bytes");
      }
      int count = in.read(head, end, MAX_HEAD - end);
      if (count < 0) {
        throw new EOFException();
      }
      int from = Math.max(0, end - 3);
      end += count;
      for (int i = from; i + 3 < end; i++) {
        if (head[i] == '\r' && head[i + 1] == '\n' && head[i + 2] == '\r' && head[i + 3] == '\n') {
          headEnd = i;
          return;
        }
      }
    }
  }

  private static Map<String, String> headers(String[] lines) throws Refusal {
    if (lines.length > MAX_HEADERS + 1) {
      throw new Refusal(431, "more than " + MAX_HEADERS + " headers");
    }
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      String name = colon < 0 ? "" : lowerAscii(lines[i].substring(0, colon));
      if (!isToken(name)) {
        throw new Refusal(400, "a header is malformed");
      }
      String value = lines[i].substring(colon + 1);
      for (int at = 0; at < value.length(); at++) {
        char c = value.charAt(at);
        if ((c < ' ' && c != '\t') || c == 0x7f) {
          throw new Refusal(400, "a header holds a control character");
        }
      }
      if (headers.put(name, value.trim()) != null) {
        throw new Refusal(400, "a header is there twice");
      }
    }
    return headers;
  }

  private byte[] body(Map<String, String> headers) throws IOException, Refusal {
    if (headers.containsKey("transfer-encoding")) {
      throw new Refusal(501, "bodies are taken with a Content-Length only");
    }
    if (headers.containsKey("expect")) {
      throw new Refusal(501, "expectations are not met");
    }
    String length = headers.get("content-length");
    if (length == null) {
      return new byte[0];
    }
    if (length.isEmpty() || length.length() > 18) {
      throw new Refusal(length.isEmpty() ? 400 : 413, "the Content-Length is none");
    }
    long wanted = 0;
    for (int i = 0; i < length.length(); i++) {
      char digit = length.charAt(i);
      if (digit < '0' || digit > '9') {
        throw new Refusal(400, "the Content-Length is none");
      }
      wanted = wanted * 10 + (digit - '0');
    }
    if (wanted > MAX_BODY) {
      throw new Refusal(413, "the body is larger than " + MAX_BODY + " bytes");
    }
    byte[] body = new byte[(int) wanted];
    int have = Math.min(end - headEnd - 4, body.length);
    System.arraycopy(head, headEnd + 4, body, 0, have);
    while (have < body.length) {
      int count = in.read(body, have, body.length - have);
      if (count < 0) {
        throw new EOFException();
      }
      have += count;
    }
    return body;
  }

  private static Map<String, String> query(String text) throws Refusal {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!pair.isEmpty() && query.put(name, value) != null) {
        throw new Refusal(400, "a parameter is there twice");
      }
    }
    return query;
  }

  private static String decode(String text) throws Refusal {
    byte[] bytes = new byte[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        boolean whole = i + 2 < text.length();
        int high = whole ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = whole ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw new Refusal(400, "the query is malformed");
        }
        bytes[count++] = (byte) (high * 16 + low);
        i += 2;
      } else {
        bytes[count++] = (byte) (c == '+' ? ' ' : c);
      }
    }
    return new String(bytes, 0, count, StandardCharsets.UTF_8);
  }

  private static boolean isMethod(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 'A' || text.charAt(i) > 'Z') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 16;
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letter && TOKEN.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static String lowerAscii(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + 32));
      }
    }
    return lower.toString();
  }
}
