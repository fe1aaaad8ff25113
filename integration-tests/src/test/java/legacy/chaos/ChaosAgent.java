package legacy.chaos;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Has rwsplit's own methods call {@link Strikes} first: those of the classes whose name, with
 * slashes, matches {@code -Dchaos.seams}. Goes before rwsplit on the command line.
 *
 * <p>Left out: constructors, methods of a few instructions, and {@link Guards}.
 */
public final class ChaosAgent {
  private ChaosAgent() {}

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    // Loads what strikes need: not in the middle of one.
    boolean unused = Strikes.struck() == 0;
    Pattern seams = Pattern.compile(System.getProperty("chaos.seams", "$."));
    boolean tells = Boolean.getBoolean("chaos.tells");
    AtomicInteger number = new AtomicInteger();
    instrumentation.addTransformer(
        new ClassFileTransformer() {
          @Override
          public byte[] transform(
              ClassLoader loader,
              String name,
              Class<?> redefined,
              ProtectionDomain domain,
              byte[] bytes) {
            if (name == null || !name.startsWith("io/rwsplit/") || !seams.matcher(name).find()) {
              return null;
            }
            try {
              return new EntryPatcher(bytes, name, number, tells).patched();
            } catch (RuntimeException e) {
              e.printStackTrace();
              return null;
            }
          }
        });
  }
}
