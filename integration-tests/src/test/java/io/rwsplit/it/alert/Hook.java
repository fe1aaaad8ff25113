package io.rwsplit.it.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A server that gets webhooks, and may behave badly. */
final class Hook implements Closeable {
  /** What it answers. */
  enum Mode {
    OK,
    /** 500 to the next one, then as it should. */
    FAILS_ONCE,
    /** Nothing, for ever. */
    HANGS,
    /** To a place of its own that counts who comes. */
    REDIRECTS,
    /** A body without an end. */
    NEVER_ENDS,
    NOT_HTTP
  }

  /** One request. */
  static final class Call {
    final String path;
    final TreeMap<String, String> headers = new TreeMap<>();
    String body;

    Call(String path) {
      this.path = path;
    }

    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(body);
    }
  }

  private final ServerSocket socket;
  private final List<Call> calls = new ArrayList<>();
  private final List<Socket> open = new ArrayList<>();
  private volatile Mode mode = Mode.OK;

  Hook() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "hook");
    thread.setDaemon(true);
    thread.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + socket.getLocalPort() + path;
  }

  void behave(Mode next) {
    mode = next;
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        synchronized (open) {
          open.add(client);
        }
        Thread thread = new Thread(() -> serve(client), "hook-client");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket client) {
    try {
      Call call = read(new DataInputStream(client.getInputStream()));
      Mode now = mode;
      synchronized (calls) {
        calls.add(call);
        calls.notifyAll();
      }
      OutputStream out = client.getOutputStream();
      switch (now) {
        case HANGS:
          return;
        case FAILS_ONCE:
          mode = Mode.OK;
          say(out, "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
          break;
        case REDIRECTS:
          say(out, "HTTP/1.1 302 There\r\nLocation: " + url("/elsewhere") + "\r\n\r\n");
          break;
        case NOT_HTTP:
          say(out, "220 a mail server\r\n");
          break;
        case NEVER_ENDS:
          say(out, "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n");
          while (true) {
            out.write(new byte[65_536]);
          }
        default:
          say(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      }
      client.close();
    } catch (IOException e) {
      // The client has gone, as it may.
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private static Call read(DataInputStream in) throws IOException {
    Call call = new Call(line(in).split(" ", -1)[1]);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      call.headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    byte[] body = new byte[Integer.parseInt(call.headers.get("content-length"))];
    in.readFully(body);
    call.body = new String(body, StandardCharsets.UTF_8);
    return call;
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append(c == '\r' ? "" : String.valueOf((char) c));
    }
    return line.toString();
  }

  /** All requests so far. */
  List<Call> calls() {
    synchronized (calls) {
      return new ArrayList<>(calls);
    }
  }

  /** Waits for a request. */
  Call await(Predicate<Call> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    synchronized (calls) {
      while (true) {
        for (Call each : calls) {
          if (wanted.test(each)) {
            return each;
          }
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new AssertionError(calls.stream().map(call -> call.body).toList());
        }
        calls.wait(left);
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
    synchronized (open) {
      for (Socket each : open) {
        each.close();
      }
    }
  }
}
