package com.acme.orderdesk;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One day at the desk: opens, lets everybody work, closes, checks the books. */
final class Shop {

  private final Options options;
  private final ConnectionSource source;
  private final PrintStream out;
  private final Books books = new Books();
  private final CountDownLatch closingTime = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<Order> acknowledged = new ConcurrentLinkedQueue<>();

  Shop(Options options, ConnectionSource source, PrintStream out) {
    this.options = options;
    this.source = source;
    this.out = out;
  }

  /** Works until closing time and returns the exit code. */
  int open() throws SQLException {
    try (Connection connection = source.connect()) {
      Schema.create(connection, options.keep());
      if (Schema.isEmpty(connection)) {
        SeedData.insert(connection, options.seed());
      }
    }
    print(
        "Order desk open for %d s: %d clerks, %d browsers, %s, seed %d, %s",
        options.seconds(),
        options.clerks(),
        options.browsers(),
        source.describe(),
        options.seed(),
        options.url());
    long start = System.nanoTime();
    List<Thread> staff = hire();
    try {
      progress(start);
    } finally {
      closingTime.countDown();
      sendHome(staff);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    checkTheBooks();
    return report(seconds);
  }

  private List<Thread> hire() {
    String day = Long.toString(System.currentTimeMillis(), 36);
    List<Thread> staff = new ArrayList<>();
    for (int i = 1; i <= options.clerks(); i++) {
      Clerk clerk = new Clerk(options, source, i, day, closingTime, books, acknowledged);
      staff.add(new Thread(clerk, "clerk-" + i));
    }
    for (int i = 1; i <= options.browsers(); i++) {
      Browser browser = new Browser(options, source, i, closingTime, books);
      staff.add(new Thread(browser, "browser-" + i));
    }
    for (Thread thread : staff) {
      thread.start();
    }
    return staff;
  }

  private void progress(long start) {
    long reads = 0;
    long writes = 0;
    for (int second = 1; second <= options.seconds(); second++) {
      long wait = start + TimeUnit.SECONDS.toNanos(second) - System.nanoTime();
      try {
        TimeUnit.NANOSECONDS.sleep(wait);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      print(
          "%4d s   orders %,7d   reads/s %,7d   writes/s %,6d   violations %d",
          second,
          books.orders(),
          books.readCount() - reads,
          books.writeCount() - writes,
          books.violations());
      reads = books.readCount();
      writes = books.writeCount();
    }
  }

  private void sendHome(List<Thread> staff) {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (Thread thread : staff) {
      try {
        thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(patience - System.nanoTime())));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (thread.isAlive()) {
        IllegalStateException stuck = new IllegalStateException(thread.getName() + " is stuck");
        stuck.setStackTrace(thread.getStackTrace());
        books.failure(stuck);
      }
    }
  }

  private void checkTheBooks() {
    try (Connection connection = source.connect()) {
      new Reports(connection, books).everything();
      try (PreparedStatement select =
          connection.prepareStatement("SELECT total_cents FROM orders WHERE reference = ?")) {
        for (Order order : acknowledged) {
          select.setString(1, order.reference());
          try (ResultSet row = select.executeQuery()) {
            boolean found = row.next();
            books.holds("acknowledged " + order + " is lost", found);
            if (found) {
              books.same("total of acknowledged " + order, order.totalCents(), row.getLong(1));
            }
          }
        }
      }
    } catch (SQLException e) {
      books.failure(e);
    }
  }

  private int report(double seconds) {
    print("");
    print("Order desk closed after %.1f s", seconds);
    print("  orders placed     %,12d", books.orders());
    print("  reads             %,12d   %s", books.readCount(), millis(books.reads()));
    print("  writes            %,12d   %s", books.writeCount(), millis(books.writes()));
    print("  rollbacks         %,12d", books.rollbacks());
    print("  busy, tried again %,12d", books.busyRetries());
    print("  facts checked     %,12d", books.checks());
    print("  violations        %,12d", books.violations());
    print("  failures          %,12d", books.failures());
    for (String remark : books.remarks()) {
      print("  %s", remark);
    }
    if (books.violations() == 0 && books.failures() == 0) {
      print("VERDICT: consistent");
      return OrderDesk.CONSISTENT;
    }
    print(
        "VERDICT: INCONSISTENT: %d violations, %d failures", books.violations(), books.failures());
    return OrderDesk.INCONSISTENT;
  }

  private static String millis(Latencies latencies) {
    return String.format(
        Locale.ROOT, "p50 %.3f ms   p99 %.3f ms", latencies.millis(0.5), latencies.millis(0.99));
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
