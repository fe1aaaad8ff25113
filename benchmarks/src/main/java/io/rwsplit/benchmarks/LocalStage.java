package io.rwsplit.benchmarks;

import io.rwsplit.benchmarks.program.Engine;
import java.io.File;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** SQLite's files, or H2's databases in the process's memory. */
final class LocalStage implements Stage {
  private static final String CREDENTIALS = ";USER=app;PASSWORD=app;DB_CLOSE_DELAY=-1";

  private final Engine engine;
  private final Contender contender;
  private final Site site;

  LocalStage(Settings settings, Engine engine, Contender contender)
      throws IOException, SQLException {
    this.engine = engine;
    this.contender = contender;
    site = new Site(settings, engine == Engine.SQLITE ? "WAL" : null);
  }

  @Override
  public String url() {
    String url = engine == Engine.SQLITE ? site.url() : memory("master");
    return contender == Contender.P6SPY ? "jdbc:p6spy:" + url.substring("jdbc:".length()) : url;
  }

  private static String memory(String name) {
    return "jdbc:h2:mem:" + name + CREDENTIALS;
  }

  @Override
  public List<String> agentOptions() {
    if (engine == Engine.SQLITE) {
      return site.agentOptions();
    }
    return Arrays.asList(
        "-Drwsplit.master=" + memory("master"),
        "-Drwsplit.replicas=" + memory("replica1") + "," + memory("replica2"),
        "-Drwsplit.lag.heartbeat=heartbeat.v");
  }

  @Override
  public File log() {
    return site.log();
  }

  @Override
  public long[] serverReads() {
    return null;
  }

  @Override
  public void close() throws IOException {
    site.close();
  }
}
