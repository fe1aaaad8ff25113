package io.rwsplit.it.attach;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.SteeredCluster;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import legacy.attach.Crowd;
import legacy.attach.Desk;

/** A server's driver is in use. */
abstract class AttachOnServers extends AttachInUse {
  /** A jar to put before all others: another version of the driver; empty for none. */
  static final String DRIVER = System.getProperty("rwsplit.it.attach.driver", "");

  static SteeredCluster cluster;

  AttachOnServers() {
    super(8);
  }

  /** The driver's XA data source. */
  abstract String distributed();

  /** The type of an automatic key. */
  abstract String key();

  /** The master's URL as the application writes it. */
  String appUrl() {
    return cluster.appUrl();
  }

  /**
   * The application's, without the version that it has otherwise, some of whose classes may lack.
   */
  String classPath() {
    return classPathWithDriver();
  }

  /** The tests' own, with {@link #DRIVER} in the place of the same driver. */
  static String classPathWithDriver() {
    String all = System.getProperty("java.class.path");
    if (DRIVER.isEmpty()) {
      return all;
    }
    String artifact = new File(DRIVER).getName().replaceAll("[0-9].*", "");
    return DRIVER
        + File.pathSeparator
        + Arrays.stream(all.split(File.pathSeparator, -1))
            .filter(entry -> !new File(entry).getName().startsWith(artifact))
            .collect(Collectors.joining(File.pathSeparator));
  }

  @Override
  void makeLedger() throws Exception {
    List<String> statements = new ArrayList<>();
    statements.add("DROP TABLE IF EXISTS ledger");
    statements.add("CREATE TABLE ledger(id " + key() + " PRIMARY KEY, way VARCHAR(40))");
    String rows = "('row')" + ", ('row')".repeat(499);
    statements.add("INSERT INTO ledger(way) VALUES " + rows);
    cluster.make(statements.toArray(new String[0]));
  }

  @Override
  List<String> settings() {
    return List.of(
        "rwsplit.master=" + cluster.url(),
        "rwsplit.replicas=" + String.join(",", cluster.replicaUrls()));
  }

  @Override
  ForkedJvm.Builder stages(int rounds) {
    return new ForkedJvm.Builder()
        .main(classPath(), Desk.class.getName(), appUrl(), "app", "app", distributed(), rounds);
  }

  @Override
  ForkedJvm.Builder crowd(boolean later) {
    List<Object> arguments = new ArrayList<>(List.of(appUrl(), "app", "app"));
    if (later) {
      arguments.add("later");
    }
    return new ForkedJvm.Builder().main(classPath(), Crowd.class.getName(), arguments.toArray());
  }
}
