package io.rwsplit.it.cli;

import io.rwsplit.it.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import legacy.http.Steered;

/** An application under the agent that listens on a free port. Close it. */
final class SteeredApp implements AutoCloseable {
  static final String TOKEN = "t0ken-of-the-tests-0123456789";

  private final ForkedJvm app;
  final String url;
  private int asked;

  private SteeredApp(ForkedJvm app) throws InterruptedException {
    this.app = app;
    app.awaitOut("READY"::equals, 120);
    String line = app.awaitErr(each -> each.contains("HTTP: http"), 120);
    this.url = line.substring(line.indexOf("HTTP: ") + 6).split(";", -1)[0];
  }

  /**
   * Starts it.
   *
   * @param arguments URL, and for servers user and password
   */
  static SteeredApp start(ForkedJvm.Builder builder, Object... arguments) throws Exception {
    return new SteeredApp(
        builder
            .property("rwsplit.http.port", "0")
            .property("rwsplit.http.token", TOKEN)
            .property("rwsplit.http.rate", "10000")
            .main(Steered.class, arguments)
            .start());
  }

  /** On SQLite, with two replicas. */
  static SteeredApp onSqlite(Path directory) throws Exception {
    return start(
        new ForkedJvm.Builder()
            .split(
                directory.resolve("master.db").toFile(),
                directory.resolve("r1.db").toFile(),
                directory.resolve("r2.db").toFile()),
        "jdbc:sqlite:" + directory.resolve("master.db"));
  }

  /** A file that holds the token. */
  static Path tokenFile(Path directory) throws IOException {
    return Files.writeString(directory.resolve("token.txt"), TOKEN + "\n");
  }

  ForkedJvm jvm() {
    return app;
  }

  /** Lets the application do something, and waits until it has. */
  void tell(String what) throws IOException, InterruptedException {
    app.tell(what);
    int number = ++asked;
    String unused =
        app.awaitOut(
            line -> app.out().stream().filter(each -> each.startsWith("DONE")).count() >= number,
            300);
  }

  @Override
  public void close() {
    app.close();
  }
}
