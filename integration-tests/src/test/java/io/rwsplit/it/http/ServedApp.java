package io.rwsplit.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import legacy.http.Steered;

/** An application under the agent with its HTTP server on a free port. */
public final class ServedApp implements AutoCloseable {
  public static final String TOKEN = "t0ken-of-the-tests-0123456789";
  public static final String BEARER = "Authorization: Bearer " + TOKEN;

  private final ForkedJvm app;
  private final int port;
  private int asked;

  private ServedApp(ForkedJvm app) throws InterruptedException {
    this.app = app;
    app.awaitOut("READY"::equals, 120);
    String line = app.awaitErr(each -> each.contains("HTTP: http"), 120);
    String url = line.substring(line.indexOf("HTTP: ") + 6).split(";", -1)[0];
    this.port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  /** What every one of them has. */
  public static ForkedJvm.Builder server(ForkedJvm.Builder builder) {
    return builder
        .property("rwsplit.http.port", "0")
        .property("rwsplit.http.token", TOKEN)
        .property("rwsplit.http.rate", "10000");
  }

  public static ServedApp start(ForkedJvm.Builder builder, Object... arguments) throws Exception {
    return new ServedApp(builder.main(Steered.class, arguments).start());
  }

  public static ServedApp onSqlite(Path directory) throws Exception {
    return start(sqlite(directory), url(directory));
  }

  public static ForkedJvm.Builder sqlite(Path directory) {
    return server(
        new ForkedJvm.Builder()
            .split(
                file(directory, "master.db"), file(directory, "r1.db"), file(directory, "r2.db")));
  }

  public static String url(Path directory) {
    return "jdbc:sqlite:" + file(directory, "master.db");
  }

  private static File file(Path directory, String name) {
    return directory.resolve(name).toFile();
  }

  public int port() {
    return port;
  }

  public ForkedJvm jvm() {
    return app;
  }

  /** Lets the application do something, and waits until it has; what it says of it. */
  public String tell(String what) throws IOException, InterruptedException {
    app.tell(what);
    int number = ++asked;
    app.awaitOut(line -> done() >= number, 300);
    int seen = 0;
    for (String line : app.out()) {
      if (line.startsWith("DONE") && ++seen == number) {
        return line.substring(5);
      }
    }
    throw new AssertionError(app.transcript());
  }

  private long done() {
    return app.out().stream().filter(line -> line.startsWith("DONE")).count();
  }

  /** Asks again and again until the answer is as wanted. */
  public Asked await(String path, Predicate<Asked> wanted)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (true) {
      Asked answer = Asked.get(port, path);
      if (answer != null && wanted.test(answer)) {
        return answer;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(path + ": " + answer + "\n" + app.transcript());
      }
      Thread.sleep(50);
    }
  }

  /** An answer with the status; fails with all that is known else. */
  public Asked expect(int status, Asked answer) {
    assertNotNull(answer, app::transcript);
    assertEquals(status, answer.status, () -> answer + "\n" + app.transcript());
    return answer;
  }

  /** The application ends by itself, without a fault, and having said no secret. */
  public void end() throws Exception {
    app.tell("end");
    assertEquals(0, app.exitCode(120), app::transcript);
    assertFalse(app.saysFault(), app::transcript);
    assertFalse(app.transcript().contains(TOKEN), app::transcript);
    assertTrue(app.err().stream().noneMatch(line -> line.contains("HTTP: fault")), app::transcript);
  }

  @Override
  public void close() {
    app.close();
  }
}
