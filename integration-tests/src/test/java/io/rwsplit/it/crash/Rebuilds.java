package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import legacy.ledger.Books;
import legacy.ledger.Ledger;

/** Checks that a replica comes back after damage while the application notices nothing. */
final class Rebuilds {
  /** Events that are there from the start, so that not all pages are in some cache. */
  private static final int EVENTS = 2000;

  /** Reads before a strike, so that all connections are in use and the logs hold something. */
  private static final int AUDITS_BETWEEN = 500;

  private static final int NOTICED_SECONDS = 3;

  private static final AtomicLong MARKERS = new AtomicLong(9 * Ledger.RUN);

  private final Place place;
  private final SplitLedger app;
  private int complaintsSeen;

  Rebuilds(Place place, SplitLedger app) {
    this.place = place;
    this.app = app;
  }

  /** Something that is done to replicas. */
  interface Strike {
    void run() throws Exception;
  }

  /** Some megabytes of events in a fresh master, of run 1. */
  static void fill(Place place) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + place.master() + "?synchronous=OFF");
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(
          "CREATE TABLE events (id INTEGER PRIMARY KEY, payload TEXT NOT NULL)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO events VALUES (?, ?)")) {
        for (long id = Ledger.RUN; id < Ledger.RUN + EVENTS; id++) {
          insert.setLong(1, id);
          insert.setString(2, Books.payload(id));
          insert.executeUpdate();
        }
      }
      connection.commit();
    }
  }

  /**
   * Strikes, waits until the replicas are back, and looks into their files.
   *
   * <p>What hits only pages that the log holds too is no damage and may pass unnoticed: then the
   * files must be right nonetheless.
   */
  void check(Strike strike, int... replicas) throws Exception {
    app.awaitAudits(AUDITS_BETWEEN);
    for (int replica : replicas) {
      app.await(() -> app.isInService(replica), () -> "out of service\n" + app.relevant());
    }
    int mark = app.mark();
    long start = System.nanoTime();
    strike.run();
    List<Integer> rebuilt = new ArrayList<>();
    for (int replica : replicas) {
      if (app.isLogged(mark, "replica" + replica + ": out of service", NOTICED_SECONDS)) {
        app.awaitLog(mark, "replica" + replica + ": in service");
        rebuilt.add(replica);
      }
    }
    awaitEqual(mark, replicas);
    System.out.printf(
        "rebuilt %s of %d, equal after %.1f s%n",
        rebuilt, replicas.length, (System.nanoTime() - start) / 1e9);
  }

  /** Waits until a new commit is in the replicas' files, and they are equal to the master's. */
  void awaitEqual(int mark, int... replicas) throws Exception {
    long marker = MARKERS.getAndIncrement();
    app.put(marker);
    for (int replica : replicas) {
      File file = place.replica(replica);
      app.await(
          () -> DatabaseFile.live(file).ids("events").contains(marker),
          () -> file + " does not get new commits\n" + app.relevant(mark));
    }
    app.pause();
    for (int replica : replicas) {
      DatabaseFile file = DatabaseFile.live(place.replica(replica));
      app.await(
          () ->
              file.content().equals(DatabaseFile.live(place.master()).content())
                  && file.integrity().equals("ok"),
          () -> file + " is not equal to the master\n" + app.relevant(mark));
    }
    app.jvm().tell("resume");
    List<String> complaints = app.complaints();
    int before = complaintsSeen;
    complaintsSeen = complaints.size();
    assertEquals(
        List.of(),
        complaints.subList(before, complaintsSeen),
        () -> "complaints\n" + app.relevant(mark));
  }
}
