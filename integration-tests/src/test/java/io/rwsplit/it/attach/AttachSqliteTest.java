package io.rwsplit.it.attach;

import io.rwsplit.it.Databases;
import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import legacy.attach.Crowd;
import legacy.attach.Shop;
import org.junit.jupiter.api.io.TempDir;

/** SQLite and sqlite-jdbc. */
class AttachSqliteTest extends AttachInUse {
  @TempDir Path directory;

  private int made;

  AttachSqliteTest() {
    super(25);
  }

  private File file(String name) {
    return directory.resolve(name + made + ".db").toFile();
  }

  @Override
  void makeLedger() throws Exception {
    made++;
    File unused = Databases.makeMarked(file("master"));
  }

  @Override
  List<String> settings() {
    return List.of(
        "rwsplit.master=jdbc:sqlite:" + file("master"),
        "rwsplit.replicas=jdbc:sqlite:" + file("replica"));
  }

  @Override
  ForkedJvm.Builder stages(int rounds) {
    return new ForkedJvm.Builder().main(Shop.class, "jdbc:sqlite:" + file("master"), rounds);
  }

  @Override
  boolean registeringLoadsConnections() {
    return true;
  }

  @Override
  ForkedJvm.Builder crowd(boolean later) {
    String url = "jdbc:sqlite:" + file("master") + "?busy_timeout=120000";
    Object[] arguments = later ? new Object[] {url, "", "", "later"} : new Object[] {url};
    return new ForkedJvm.Builder().main(Crowd.class, arguments);
  }
}
