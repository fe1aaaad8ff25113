package io.rwsplit.replication;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far a long copy or comparison is: a log line every five seconds. Not thread-safe. */
final class Progress {
  static final long PERIOD = TimeUnit.SECONDS.toNanos(5);
  private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

  private final String what;
  private final Path path;
  private final int pages;
  private final int pageSize;
  private long next;

  /** Begins now. */
  Progress(String what, Path path, int pages, int pageSize) {
    this(what, path, pages, pageSize, System.nanoTime());
  }

  Progress(String what, Path path, int pages, int pageSize, long now) {
    this.what = what;
    this.path = path;
    this.pages = pages;
    this.pageSize = pageSize;
    this.next = now + PERIOD;
  }

  /** All pages up to this one are done; {@code now} as {@code System.nanoTime()} counts. */
  void at(int page, long now) {
    String line = line(page, now);
    if (line != null) {
      LOG.info("{}", line);
    }
  }

  /** What is to be logged; null while it is too early. */
  String line(int page, long now) {
    if (now - next < 0) {
      return null;
    }
    next = now + PERIOD;
    long percent = pages == 0 ? 100 : page * 100L / pages;
    return what + " " + path + ": " + mib(page) + " of " + mib(pages) + " MiB (" + percent + " %)";
  }

  private long mib(int count) {
    return ((long) count * pageSize) >> 20;
  }
}
