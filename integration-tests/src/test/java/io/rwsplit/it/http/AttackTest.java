package io.rwsplit.it.http;

import static io.rwsplit.it.http.ServedApp.BEARER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients do that mean harm: nothing changes, nothing is given away, the application runs. */
class AttackTest {
  private static final int MOST_THREADS = 12;
  private static final String HOST = "Host: localhost\r\n";

  @TempDir Path directory;
  private ServedApp app;
  private String before;

  @BeforeEach
  void start() throws Exception {
    app = ServedApp.onSqlite(directory);
    app.await("/api/status", answer -> answer.body.contains("\"total\":2,\"inService\":2"));
    app.tell("write 10");
    before = state();
  }

  /** What requests could change. */
  private String state() throws Exception {
    Asked status = app.expect(200, Asked.get(app.port(), "/api/status"));
    assertTrue(status.body.contains("\"routing\":true"), status::toString);
    Asked replication =
        app.await(
            "/api/database/replication/status",
            answer -> answer.body.split("\"inService\":true", -1).length == 3);
    return replication.body.replaceAll("\"lag\":\\{[^}]*}|\"lastApplyMillis\":\\d+", "");
  }

  @AfterEach
  void nothingHasChanged() throws Exception {
    try {
      assertEquals(before, state());
      app.tell("read 10");
      app.end();
    } finally {
      app.close();
    }
  }

  private void refused(int status, Asked answer) {
    app.expect(status, answer);
    harmless(answer);
  }

  private static void harmless(Asked answer) {
    String all = answer.toString();
    assertFalse(all.contains(ServedApp.TOKEN), all);
    assertFalse(all.contains("evil"), all);
    assertNull(answer.headers.get("set-cookie"), all);
    assertNull(answer.headers.get("access-control-allow-origin"), all);
    assertEquals("nosniff", answer.headers.get("x-content-type-options"), all);
    assertEquals("no-store", answer.headers.get("cache-control"), all);
  }

  private Asked raw(String sent) throws IOException {
    return Asked.raw(app.port(), sent);
  }

  @Test
  void nothingIsChangedByStrangers() throws Exception {
    List<String> changing =
        List.of(
            "/api/routing",
            "/api/force-sync",
            "/api/failover/replica1",
            "/api/switchover/replica1",
            "/api/replicas/replica1/drain",
            "/api/explain");
    String body = "{\"enabled\":false}";
    for (String path : changing) {
      Asked without = Asked.post(app.port(), path, body);
      assertTrue(without.status == 401 || without.status == 429, without::toString);
      harmless(without);
    }
    for (String authorization :
        List.of(
            "Bearer",
            "Bearer ",
            "Bearer evil",
            "Bearer " + ServedApp.TOKEN + "x",
            "Bearer " + ServedApp.TOKEN.substring(1),
            "Basic " + ServedApp.TOKEN,
            ServedApp.TOKEN)) {
      Asked wrong = Asked.post(app.port(), "/api/routing", body, "Authorization: " + authorization);
      assertTrue(wrong.status == 401 || wrong.status == 429, wrong::toString);
      harmless(wrong);
    }
    refused(405, Asked.get(app.port(), "/api/routing?enabled=false", BEARER));
    // A form of a web page, which needs no permission to be sent anywhere.
    refused(
        415,
        raw(
            "POST /api/routing HTTP/1.1\r\n"
                + HOST
                + BEARER
                + "\r\nContent-Type: text/plain\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body));
    // All those who tried keep nobody out who has the token.
    app.expect(200, Asked.post(app.port(), "/api/routing", "{\"enabled\":true}", BEARER));
  }

  @Test
  void hostsAndOriginsAreChecked() throws Exception {
    for (String host :
        List.of(
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.evil",
            "1",
            "",
            "localhost:80:80",
            "[::1",
            "user@localhost",
            "localhost evil")) {
      refused(421, Asked.get(app.port(), "/api/status", "Host: " + host));
    }
    refused(421, raw("GET /api/status HTTP/1.0\r\n\r\n"));
    refused(400, raw("GET /api/status HTTP/1.1\r\n" + HOST + "Host: evil.example\r\n\r\n"));
    refused(400, raw("GET http://evil.example/api/status HTTP/1.1\r\n" + HOST + "\r\n"));
    for (String host : List.of("localhost", "LOCALHOST:1", "127.0.0.1:99", "10.1.2.3", "[::1]:7")) {
      app.expect(200, Asked.get(app.port(), "/api/status", "Host: " + host));
    }
    String[][] others = {
      {"Origin: http://evil.example"},
      {"Origin: null"},
      {"Sec-Fetch-Site: cross-site"},
      {"Sec-Fetch-Site: same-site"}
    };
    for (String[] headers : others) {
      refused(403, Asked.get(app.port(), "/api/status", headers));
      refused(
          403, Asked.post(app.port(), "/api/routing", "{\"enabled\":false}", headers[0], BEARER));
    }
    refused(
        405, raw("OPTIONS /api/routing HTTP/1.1\r\n" + HOST + "Origin: http://localhost\r\n\r\n"));
  }

  @Test
  void tricksWithPathsAndHeadersLeadNowhere() throws Exception {
    for (String path :
        List.of(
            "/../../etc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/..%2f..%2fetc/passwd",
            "/api/../metrics",
            "//metrics",
            "/metrics/",
            "/metrics%00",
            "/metrics;evil",
            "/api/status/evil",
            "/io/rwsplit/http/openapi.json",
            "/x%0d%0aSet-Cookie:%20evil=1",
            "/api/status?group=%0d%0aSet-Cookie:%20evil=1",
            "/api/status?group=<script>evil</script>")) {
      refused(404, Asked.get(app.port(), path));
    }
    refused(404, Asked.post(app.port(), "/api/replicas/../drain", "", BEARER));
    refused(404, Asked.post(app.port(), "/api/replicas/%72eplica1/drain", "", BEARER));
    refused(404, Asked.post(app.port(), "/api/replicas/replica1/evil/drain", "", BEARER));
    refused(400, Asked.get(app.port(), "/api/status?group=%zz"));
    refused(400, Asked.get(app.port(), "/api/status?group=%e"));
    String get = "GET /api/status HTTP/1.1\r\n" + HOST;
    for (String wrong :
        List.of(
            get + "X: a\r\n evil: folded\r\n\r\n",
            get + "X : evil\r\n\r\n",
            get + ": evil\r\n\r\n",
            get + "evil\r\n\r\n",
            get + "X: a\nevil: b\r\n\r\n",
            get + "X: a\0evil\r\n\r\n",
            get + "Content-Length: -1\r\n\r\n",
            get + "Content-Length: +1\r\n\r\n",
            get + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "GET  /api/status HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /api/status\r\n" + HOST + "\r\n",
            "get /api/status HTTP/1.1\r\n" + HOST + "\r\n",
            "GET /api/\0status HTTP/1.1\r\n" + HOST + "\r\n",
            "\r\n\r\n\r\n\r\n")) {
      refused(400, raw(wrong));
    }
    refused(505, raw("GET / HTTP/2.0\r\n" + HOST + "\r\n"));
    refused(501, raw(get + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"));
    for (String method : List.of("PUT", "DELETE", "TRACE", "PATCH")) {
      refused(405, raw(method + " /api/status HTTP/1.1\r\n" + HOST + "\r\n"));
    }
    // A second request in the bytes of the first is not looked at.
    Asked one = raw(get + "\r\nPOST /api/routing HTTP/1.1\r\n" + HOST + "\r\n");
    assertEquals(1, one.toString().split("\"groups\"", -1).length - 1, one::toString);
  }

  @Test
  void whatIsTooLargeIsNotTaken() throws Exception {
    String post = "POST /api/routing HTTP/1.1\r\n" + HOST + BEARER + "\r\n";
    for (String length : List.of("65537", "999999999999", "99999999999999999999999")) {
      refused(413, raw(post + "Content-Length: " + length + "\r\n\r\nevil"));
    }
    String megabytes = "x".repeat(4 << 20);
    Asked huge = raw(post + "Content-Length: 4194304\r\n\r\n" + megabytes);
    assertTrue(huge == null || huge.status == 413, String.valueOf(huge));
    Asked head = raw("GET /api/status HTTP/1.1\r\n" + HOST + "X: " + megabytes);
    assertTrue(head == null || head.status == 431, String.valueOf(head));
    refused(431, raw("GET /api/status HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(9_000)));
    StringBuilder many = new StringBuilder("GET /api/status HTTP/1.1\r\n" + HOST);
    for (int i = 0; i < 100; i++) {
      many.append('h').append(i).append(": 1\r\n");
    }
    refused(431, raw(many + "\r\n"));
    String deep = "[".repeat(30_000);
    refused(400, Asked.post(app.port(), "/api/routing", deep, BEARER));
  }

  /** Those who send a byte now and then hold neither threads nor others' requests for long. */
  @Test
  void slowClientsAreCutOff() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 30; i++) {
        Socket socket = Asked.open(app.port());
        socket
            .getOutputStream()
            .write("GET /api/status HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
        slow.add(socket);
      }
      long began = System.nanoTime();
      app.await("/health/live", answer -> answer.status == 200);
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      System.out.println("among slow clients, an answer after " + millis + " ms");
      app.tell("read 100");
      for (Socket socket : slow) {
        awaitEnd(socket);
      }
    } finally {
      closeAll(slow);
    }
  }

  /** Goes on sending a byte now and then, until the other side has ended. */
  private static void awaitEnd(Socket socket) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    socket.setSoTimeout(100);
    while (System.nanoTime() - deadline < 0) {
      try {
        socket.getOutputStream().write('x');
        if (socket.getInputStream().read() < 0) {
          return;
        }
      } catch (java.net.SocketTimeoutException e) {
        // It has answered nothing yet, and is sent the next byte.
      } catch (IOException e) {
        return;
      }
    }
    throw new AssertionError("not cut off");
  }

  @Test
  void aThousandConnectionsDisturbNobody() throws Exception {
    app.tell("measure 20000");
    String calm = app.tell("measure 20000");
    List<Socket> held = new CopyOnWriteArrayList<>();
    try {
      Thread opener =
          new Thread(
              () -> {
                try {
                  while (held.size() < 1_000) {
                    held.add(Asked.open(app.port()));
                  }
                } catch (IOException e) {
                  // The kernel's queue is full: as many as there are.
                }
              });
      opener.setDaemon(true);
      opener.start();
      String stormy = app.tell("measure 20000");
      opener.join(TimeUnit.SECONDS.toMillis(120));
      System.out.println(
          "median and 99th percentile of a read in µs: "
              + calm
              + ", amid "
              + held.size()
              + " connections: "
              + stormy);
      assertNotEquals(0, held.size());
      int threads = httpThreads();
      assertTrue(threads <= MOST_THREADS, () -> threads + " threads");
    } finally {
      closeAll(held);
    }
    app.await("/health/live", answer -> answer.status == 200);
  }

  /**
   * The application ends although clients hold connections; checked by {@link #nothingHasChanged}.
   */
  @Test
  void heldConnectionsKeepNoJvmAlive() throws Exception {
    List<Socket> held = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      held.add(Asked.open(app.port()));
    }
    app.end();
    closeAll(held);
    app.close();
    start();
  }

  private int httpThreads() throws IOException {
    File[] tasks = new File("/proc/" + app.jvm().process().pid() + "/task").listFiles();
    int count = 0;
    for (File task : tasks == null ? new File[0] : tasks) {
      count += Files.readString(task.toPath().resolve("comm")).startsWith("rwsplit-http") ? 1 : 0;
    }
    return count;
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
