package io.rwsplit.it.attach;

import com.sun.tools.attach.VirtualMachine;
import io.rwsplit.it.ForkedJvm;

/** Brings the agent into a JVM that runs. */
final class Attaching {
  private Attaching() {}

  /** Returns when the agent's settings were read, and it has begun. */
  static void to(ForkedJvm app, String... settings) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(app.pid()));
    try {
      machine.loadAgent(ForkedJvm.AGENT_JAR.getPath(), String.join(";", settings));
    } finally {
      machine.detach();
    }
  }
}
