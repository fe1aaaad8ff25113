package io.rwsplit.it.crash;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold in the files of a {@link Place}, whoever has died. */
final class FilesAfter {
  private final Place place;
  private final Path copies;

  FilesAfter(Place place, Path copies) {
    this.place = place;
    this.copies = copies;
  }

  /**
   * Sound, with every acknowledged commit, and the books balance.
   *
   * @param live true while some process has the file open
   */
  void checkMaster(boolean live, Map<String, Set<Long>> acknowledged)
      throws IOException, SQLException {
    DatabaseFile master = look(place.master(), live);
    require("ok".equals(master.integrity()), "master " + master.integrity());
    if (master.column("SELECT name FROM sqlite_master WHERE name = 'events'").isEmpty()) {
      require(acknowledged.get("events").isEmpty(), "the master's tables are gone");
      return;
    }
    for (Map.Entry<String, Set<Long>> table : acknowledged.entrySet()) {
      Set<Long> lost = new HashSet<>(table.getValue());
      lost.removeAll(master.ids(table.getKey()));
      require(lost.isEmpty(), "the master has lost " + table.getKey() + " " + lost);
    }
    checkBooks("master", master);
  }

  /** Whole commits, behind as they may be. */
  void checkReplicas(boolean live) throws IOException, SQLException {
    for (File file : place.replicas()) {
      if (file.length() == 0) {
        continue;
      }
      DatabaseFile replica = look(file, live);
      require("ok".equals(replica.integrity()), file.getName() + " " + replica.integrity());
      if (!replica.column("SELECT name FROM sqlite_master WHERE name = 'journal'").isEmpty()) {
        checkBooks(file.getName(), replica);
      }
    }
  }

  private static void checkBooks(String what, DatabaseFile file) throws SQLException {
    String balanced =
        "SELECT (SELECT sum(balance) FROM accounts) = 96000"
            + " AND (SELECT count(*) FROM transfers) = n"
            + " AND (SELECT count(*) FROM journal) = n"
            + " AND (SELECT coalesce(sum(amount), 0) FROM transfers) = moved FROM counters";
    List<String> found = file.column(balanced);
    require(found.equals(List.of("1")) || found.isEmpty(), what + " does not balance");
  }

  /** The replica holds the same as the master, which nobody writes to. */
  void checkEqual(boolean live) throws IOException, SQLException {
    for (File file : place.replicas()) {
      DatabaseFile replica = look(file, live);
      require("ok".equals(replica.integrity()), file.getName() + " " + replica.integrity());
      Map<String, String> expected = look(place.master(), live).content();
      Map<String, String> found = replica.content();
      List<String> differences = new ArrayList<>();
      Set<String> keys = new HashSet<>(expected.keySet());
      keys.addAll(found.keySet());
      for (String key : keys) {
        if (!String.valueOf(expected.get(key)).equals(found.get(key))) {
          differences.add(key + ": " + expected.get(key) + " / " + found.get(key));
        }
      }
      require(differences.isEmpty(), file.getName() + " differs: " + differences);
    }
  }

  private DatabaseFile look(File file, boolean live) throws IOException {
    return live ? DatabaseFile.live(file) : DatabaseFile.copy(file, copies, true);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new AssertionError(message);
    }
  }
}
