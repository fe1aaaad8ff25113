package io.rwsplit.it.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import legacy.ledger.Books;
import legacy.ledger.Ledger;

/** Checks that a replica comes back after damage while the application notices nothing. */
final class Rebuilds {
  /** Events that are there from the start, so that not all pages are in some cache. */
  private static final int EVENTS = 2000;

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

  /** Strikes, waits until the replicas are back, and looks into their files. */
  void check(Strike strike, int... replicas) throws Exception {
    int mark = app.mark();
    long start = System.nanoTime();
    strike.run();
    for (int replica : replicas) {
      app.awaitLog(mark, "replica" + replica + ": out of service");
    }
    awaitBack(mark, replicas);
    System.out.printf("back after %.1f s%n", (System.nanoTime() - start) / 1e9);
  }

  void awaitBack(int mark, int... replicas) throws Exception {
    for (int replica : replicas) {
      app.awaitLog(mark, "replica" + replica + ": in service");
    }
    long marker = MARKERS.getAndIncrement();
    app.put(marker);
    for (int replica : replicas) {
      File file = place.replica(replica);
      app.await(
          () -> DatabaseFile.live(file).ids("events").contains(marker),
          () -> file + " does not get new commits");
    }
    app.pause();
    for (int replica : replicas) {
      DatabaseFile file = DatabaseFile.live(place.replica(replica));
      app.await(
          () ->
              file.content().equals(DatabaseFile.live(place.master()).content())
                  && file.integrity().equals("ok"),
          () -> file + " is not equal to the master");
    }
    app.jvm().tell("resume");
    List<String> complaints = app.complaints();
    int before = complaintsSeen;
    complaintsSeen = complaints.size();
    assertEquals(
        List.of(), complaints.subList(before, complaintsSeen), () -> "complaints\n" + tail(mark));
  }

  private String tail(int mark) {
    List<String> err = app.jvm().err();
    return String.join("\n", err.subList(Math.max(0, Math.min(mark, err.size())), err.size()));
  }
}
