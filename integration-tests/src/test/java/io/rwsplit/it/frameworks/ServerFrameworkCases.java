package io.rwsplit.it.frameworks;

import io.rwsplit.it.ForkedJvm;
import io.rwsplit.it.servers.ServerCluster;

/** The frameworks on a server with replicas. */
abstract class ServerFrameworkCases extends FrameworkCases {

  abstract ServerCluster cluster();

  @Override
  String[] access() {
    return new String[] {cluster().appUrl(), ServerCluster.APP, ServerCluster.APP};
  }

  @Override
  ForkedJvm.Builder split(ForkedJvm.Builder jvm) {
    return cluster().split(jvm);
  }
}
