package io.rwsplit.it.servers;

import io.rwsplit.it.ForkedJvm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import legacy.attach.InUse;

/** JVMs to which the agent comes when their driver is in use. */
final class UsedDriver {
  private UsedDriver() {}

  /** One with the settings that {@link ServerCluster#split} has. */
  static ForkedJvm.Builder split(ServerCluster cluster) {
    return new ForkedJvm.Builder()
        .property("rwsplit.master", cluster.url())
        .property("rwsplit.replicas", String.join(",", cluster.replicaUrls()))
        .property("jdk.attach.allowAttachSelf", "true");
  }

  /**
   * What it is to run.
   *
   * @param arguments of the program: URL, user, password, and more
   */
  static ForkedJvm.Builder main(ForkedJvm.Builder jvm, Class<?> program, Object... arguments) {
    List<Object> all = new ArrayList<>(List.of(ForkedJvm.AGENT_JAR, program.getName()));
    all.addAll(Arrays.asList(arguments));
    return jvm.main(InUse.class, all.toArray());
  }
}
