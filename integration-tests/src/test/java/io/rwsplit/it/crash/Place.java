package io.rwsplit.it.crash;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where a master and its replicas lie. */
record Place(File master, List<File> replicas, String parameters) {
  /** Master and two replicas in directories of their own. */
  static Place in(Path directory, String parameters) {
    List<File> replicas = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      replicas.add(directory.resolve("replica" + i).resolve("replica" + i + ".db").toFile());
    }
    File master = directory.resolve("master").resolve("ledger.db").toFile();
    master.getParentFile().mkdirs();
    return new Place(master, replicas, parameters);
  }

  File replica(int number) {
    return replicas.get(number - 1);
  }
}
