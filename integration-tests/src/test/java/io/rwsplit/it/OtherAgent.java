package io.rwsplit.it;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/** Another agent, which touches the same driver classes and changes nothing in them. */
public final class OtherAgent {
  private OtherAgent() {}

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> redefined,
              ProtectionDomain domain,
              byte[] bytes) {
            return name != null && name.startsWith("org/sqlite/") ? bytes.clone() : null;
          }
        },
        true);
    System.setProperty("other.agent", "here");
  }
}
