package io.rwsplit.cli;

import io.rwsplit.cli.data.DataCheck;

/** Shows on a terminal how far a comparison is. Used by one thread. */
final class ProgressBar implements DataCheck.Progress {
  private static final int WIDTH = 20;
  private static final long PERIOD = 100_000_000L;

  private final Console console;
  private long next = System.nanoTime();

  ProgressBar(Console console) {
    this.console = console;
  }

  @Override
  public void at(String replica, String table, int tables, int of, long rows) {
    long now = System.nanoTime();
    if (!console.isTerminal() || now - next < 0) {
      return;
    }
    next = now + PERIOD;
    StringBuilder bar = new StringBuilder(replica).append(" [");
    int done = WIDTH * tables / of;
    for (int i = 0; i < WIDTH; i++) {
      bar.append(i < done ? '#' : '.');
    }
    bar.append("] ").append(tables).append('/').append(of).append(" tables; ");
    bar.append(table).append(": ").append(Texts.count(rows)).append(" rows");
    console.progress(bar.toString());
  }
}
