package io.rwsplit.it.servers;

import io.rwsplit.it.ForkedJvm;
import legacy.h2.Replication;

/**
 * Three servers of H2 and the replication between them, in a process of their own, which {@link
 * #close} ends. The first is the master; user and password are {@code app}.
 */
public final class H2Servers implements AutoCloseable {
  private final ForkedJvm process;
  private final String[] ports;

  /**
   * @param tables that are replicated, as {@link Replication} takes them
   */
  public H2Servers(String... tables) throws Exception {
    process = new ForkedJvm.Builder().main(Replication.class, (Object[]) tables).start();
    ports = process.awaitOut(line -> line.startsWith("ports "), 120).split(" ");
  }

  public String url(int node) {
    return "jdbc:h2:tcp://127.0.0.1:" + ports[node + 1] + "/mem:node" + node;
  }

  /** An application with the agent on them. */
  public ForkedJvm.Builder split() {
    return new ForkedJvm.Builder()
        .agent()
        .property("rwsplit.master", url(0))
        .property("rwsplit.replicas", url(1) + "," + url(2))
        .property("rwsplit.replicas.user", "app")
        .property("rwsplit.replicas.password", "app")
        .property("rwsplit.lag.heartbeat", "heartbeat.v");
  }

  /** From now on the second replica applies what was committed so much later. */
  public void delay(int millis) throws Exception {
    process.tell("delay " + millis);
    process.awaitOut(("delay " + millis)::equals, 120);
  }

  @Override
  public void close() {
    process.close();
  }
}
