package io.rwsplit.it.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rwsplit.it.ForkedJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import legacy.observe.Errands;

/** An application that is told what to do, with the agent's HTTP server when it has the agent. */
final class ToldApp implements AutoCloseable {
  static final String TOKEN = "t0ken-of-the-tests-0123456789";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final ForkedJvm app;
  private int port;
  private int rounds;
  private int told;

  private ToldApp(ForkedJvm app) throws InterruptedException {
    this.app = app;
    app.awaitOut("READY"::equals, 120);
  }

  /** Does its errands, without the agent's HTTP server. */
  static ToldApp start(ForkedJvm.Builder builder, Object... arguments) throws Exception {
    return new ToldApp(builder.main(Errands.class, arguments).start());
  }

  /** Does its errands, with the agent and its HTTP server. */
  static ToldApp served(ForkedJvm.Builder builder, Object... arguments) throws Exception {
    return served(Errands.class, builder, arguments);
  }

  /** With the agent and its HTTP server. */
  static ToldApp served(Class<?> main, ForkedJvm.Builder builder, Object... arguments)
      throws Exception {
    ForkedJvm.Builder serving =
        builder
            .property("rwsplit.http.port", "0")
            .property("rwsplit.http.token", TOKEN)
            .property("rwsplit.http.rate", "10000");
    ToldApp app = new ToldApp(serving.main(main, arguments).start());
    String line = app.app.awaitErr(each -> each.contains("HTTP: http"), 120);
    String url = line.substring(line.indexOf("HTTP: ") + 6).split(";", -1)[0];
    app.port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    return app;
  }

  ForkedJvm jvm() {
    return app;
  }

  /** Lets the application do something, and waits until it has. */
  void tell(String what) throws Exception {
    app.tell(what);
    int number = ++told;
    app.awaitOut(line -> dones() >= number, 300);
  }

  private long dones() {
    return app.out().stream().filter(line -> line.startsWith("DONE")).count();
  }

  String transcript() {
    return app.transcript();
  }

  void round() throws Exception {
    app.tell("round");
    int number = ++rounds;
    app.awaitOut(line -> ends() >= number, 300);
  }

  private long ends() {
    return app.out().stream().filter(line -> line.startsWith("ALSO")).count();
  }

  /** What the application has printed. */
  List<String> printed() {
    return app.out();
  }

  JsonNode get(String path) throws IOException {
    return MAPPER.readTree(ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
  }

  /** What is known of the only group. */
  JsonNode group(String path) throws IOException {
    return get(path).get("groups").get(0);
  }

  JsonNode post(String path, String body) throws IOException {
    return MAPPER.readTree(
        ask(
            "POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + TOKEN
                + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body));
  }

  String metrics() {
    try {
      return ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String ask(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(120_000);
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(all);
      String text = all.toString(StandardCharsets.UTF_8);
      return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
  }

  /** Ends without a fault. */
  void end() throws Exception {
    app.tell("end");
    assertEquals(0, app.exitCode(120), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
  }

  @Override
  public void close() {
    app.close();
  }
}
