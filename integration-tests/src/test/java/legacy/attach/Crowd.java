package legacy.attach;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that write without a pause on a connection each has had from the start, and read what
 * they have written on connections that are opened for it, while an agent is attached.
 *
 * <p>Arguments: the JDBC URL, user and password where it needs them, and anything more when the
 * driver is to be registered first, and used when it is told so. Ends at the line it is told.
 */
public final class Crowd {
  private static final int THREADS = 3;

  private static final CountDownLatch OPEN = new CountDownLatch(THREADS);

  private static volatile boolean told;

  private Crowd() {}

  /** Runs it. */
  public static void main(String[] args) throws Exception {
    if (args.length > 3) {
      System.out.println("registered " + (DriverManager.getDriver(args[0]).getMajorVersion() > 0));
      awaitLine();
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<Future<String>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      String name = "thread " + i;
      Callable<String> work = () -> run(args, name);
      all.add(threads.submit(work));
    }
    OPEN.await();
    System.out.println("ready");
    awaitLine();
    told = true;
    for (Future<String> each : all) {
      System.out.println(each.get());
    }
    threads.shutdown();
  }

  private static void awaitLine() throws IOException {
    int read;
    do {
      read = System.in.read();
    } while (read >= 0 && read != '\n');
  }

  private static Connection open(String[] args) throws SQLException {
    return args.length == 1
        ? DriverManager.getConnection(args[0])
        : DriverManager.getConnection(args[0], args[1], args[2]);
  }

  private static String run(String[] args, String name) throws SQLException, InterruptedException {
    try (Connection old = open(args);
        PreparedStatement insert = old.prepareStatement("INSERT INTO ledger(way) VALUES (?)")) {
      insert.setString(1, name);
      int written = insert.executeUpdate();
      OPEN.countDown();
      for (int i = 0; !told; i++) {
        if (i % 3 == 0) {
          old.setAutoCommit(false);
          written += insert.executeUpdate();
          written += insert.executeUpdate();
          old.commit();
          old.setAutoCommit(true);
        } else {
          written += insert.executeUpdate();
        }
        try (Connection fresh = open(args);
            PreparedStatement count =
                fresh.prepareStatement("SELECT count(*) FROM ledger WHERE way = ?")) {
          for (int reads = 0; reads < 3; reads++) {
            count.setString(1, name);
            try (ResultSet rows = count.executeQuery()) {
              if (!rows.next() || rows.getInt(1) != written) {
                return name + " has written " + written + " and sees " + rows.getInt(1);
              }
            }
            Thread.sleep(2);
          }
        }
      }
      return name + " has seen what it wrote";
    }
  }
}
