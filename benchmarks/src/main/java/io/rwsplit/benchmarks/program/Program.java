package io.rwsplit.benchmarks.program;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * One thing a legacy application does with its database, again and again. Subclasses know nothing
 * of how or under what they are measured.
 */
public abstract class Program implements AutoCloseable {

  private final int turn;

  /**
   * @param turn operations between two looks at the clock
   */
  Program(int turn) {
    this.turn = turn;
  }

  /** Operations between two looks at the clock. */
  public final int turn() {
    return turn;
  }

  /**
   * Opens what the program needs.
   *
   * @param url a database made by {@link Tables}
   */
  public abstract void open(String url) throws SQLException;

  /**
   * Does its operation {@code count} times.
   *
   * @return something made of every result, so that none can be left out
   */
  public abstract long run(int count) throws SQLException;

  /** Works in this thread for about so long. */
  Work work(long nanos) throws SQLException {
    long operations = 0;
    long sum = 0;
    long allocatedBefore = Work.allocated();
    long start = System.nanoTime();
    long cpuBefore = Work.cpu();
    long wall;
    do {
      sum += run(turn);
      operations += turn;
      wall = System.nanoTime() - start;
    } while (wall < nanos);
    long cpu = Work.cpu() - cpuBefore;
    return new Work(operations, cpu, wall, Work.allocated() - allocatedBefore, sum);
  }

  @Override
  public abstract void close() throws SQLException;

  /**
   * A connection as a plain application opens it.
   *
   * @param synchronous of SQLite; null: the default
   */
  static Connection connect(String url, String synchronous) throws SQLException {
    Properties properties = new Properties();
    if (Engine.of(url) == Engine.SQLITE) {
      properties.setProperty("busy_timeout", "10000");
      if (synchronous != null) {
        properties.setProperty("synchronous", synchronous);
      }
    }
    return DriverManager.getConnection(url, properties);
  }
}
