package io.rwsplit.patroni;

import io.rwsplit.config.PatroniSettings;
import io.rwsplit.config.RestUrl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a free port of loopback that says what a test wants. Close it. */
final class RestServer implements AutoCloseable {
  /** Answers one request, whose head is given, in whatever way. */
  interface Answer {
    void give(List<String> head, OutputStream out) throws IOException, InterruptedException;
  }

  final AtomicInteger asked = new AtomicInteger();
  private final ServerSocket server;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Answer answer;

  RestServer(Answer answer) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
  }

  RestServer(ServerSocket server, Answer answer) {
    this.server = server;
    this.answer = answer;
    Thread thread = new Thread(this::serve, "rest-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** A server that gives this body to everybody. */
  static RestServer of(String body) throws IOException {
    return new RestServer(saying(body));
  }

  static Answer saying(String body) {
    return (head, out) -> out.write(http(body).getBytes(StandardCharsets.UTF_8));
  }

  static String http(String body) {
    return "HTTP/1.0 200 OK\r\nServer: BaseHTTP/0.6\r\nContent-Type: application/json\r\n\r\n"
        + body;
  }

  /** The view of a cluster with this leader: its name, and what its port is. */
  static String view(String leader, int port, String more) {
    return "{\"members\": [{\"name\": \""
        + leader
        + "\", \"role\": \"leader\", \"state\": \"running\", \"host\": \"127.0.0.1\", \"port\": "
        + port
        + "}"
        + more
        + "]}";
  }

  void answer(Answer changed) {
    answer = changed;
  }

  RestUrl url() {
    return new RestUrl(false, "127.0.0.1", server.getLocalPort());
  }

  static PatroniSettings settings(RestServer... servers) {
    List<RestUrl> urls = new ArrayList<>();
    for (RestServer server : servers) {
      urls.add(server.url());
    }
    return new PatroniSettings(urls, null, null, 20_000_000L);
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), "rest-server-connection");
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException e) {
      // The test has ended it.
      asked.get();
    }
  }

  private void serve(Socket socket) {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
      asked.incrementAndGet();
      answer.give(head, socket.getOutputStream());
    } catch (IOException e) {
      // The client has gone, or the test has ended.
      asked.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      close(socket);
    }
  }

  private void close(Socket socket) {
    open.remove(socket);
    try {
      socket.close();
    } catch (IOException e) {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    end();
  }

  /** Ends it before the test is over. */
  void end() throws IOException {
    server.close();
    open.forEach(this::close);
  }
}
