package io.rwsplit.it.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One answer of the server to bytes that were sent as they are: no client library puts them right
 * first.
 */
public final class Asked {
  public final int status;
  public final TreeMap<String, String> headers = new TreeMap<>();
  public final String body;
  private final List<String> all = new ArrayList<>();

  /** All values of a header, by its name in lower case. */
  List<String> allHeaders(String name) {
    return all.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).trim())
        .collect(Collectors.toList());
  }

  private Asked(String text) {
    int end = text.indexOf("\r\n\r\n");
    String[] lines = text.substring(0, end).split("\r\n", -1);
    status = Integer.parseInt(lines[0].split(" ", -1)[1]);
    for (int i = 1; i < lines.length; i++) {
      all.add(lines[i]);
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).trim());
    }
    body = text.substring(end + 4);
  }

  /** Sends bytes; null when the connection ends without an answer. */
  public static Asked raw(int port, String sent) throws IOException {
    try (Socket socket = open(port)) {
      try {
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
      } catch (SocketException e) {
        // It may have answered all the same.
      }
      return answer(socket);
    }
  }

  public static Socket open(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(120_000);
    return socket;
  }

  /** The answer to what was sent; null when the connection ends without one. */
  public static Asked answer(Socket socket) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      InputStream in = socket.getInputStream();
      byte[] some = new byte[8192];
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        all.write(some, 0, count);
      }
    } catch (SocketException e) {
      // Reset: what came before counts.
    }
    String text = all.toString(StandardCharsets.UTF_8);
    return text.contains("\r\n\r\n") ? new Asked(text) : null;
  }

  public static Asked get(int port, String path, String... headers) throws IOException {
    return raw(port, "GET " + path + " HTTP/1.1\r\n" + head(headers) + "\r\n");
  }

  public static Asked post(int port, String path, String body, String... headers)
      throws IOException {
    int length = body.getBytes(StandardCharsets.ISO_8859_1).length;
    return raw(
        port,
        "POST "
            + path
            + " HTTP/1.1\r\n"
            + head(headers)
            + "Content-Type: application/json\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + body);
  }

  private static String head(String... headers) {
    StringBuilder head = new StringBuilder();
    boolean host = false;
    for (String header : headers) {
      host |= header.regionMatches(true, 0, "Host:", 0, 5);
      head.append(header).append("\r\n");
    }
    return (host ? "" : "Host: localhost\r\n") + head;
  }

  @Override
  public String toString() {
    return status + " " + headers + "\n" + body;
  }
}
