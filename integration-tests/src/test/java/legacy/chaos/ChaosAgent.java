package legacy.chaos;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Has rwsplit's own methods call {@link Strikes} first: those of the classes whose name, with
 * slashes, matches {@code -Dchaos.seams}. Goes before rwsplit on the command line.
 *
 * <p>Left out: methods that implement a method of the weaving's hooks or of {@code java.sql}, since
 * their bodies are the guard that is tried; constructors; what {@link #isGuard} names.
 */
public final class ChaosAgent {
  private static final List<String> GUARDS =
      Arrays.asList(
          "onMaster", "onReplicaOrReason", "endInDoubt", "isForApplication", "leaveReplica");

  private static final List<String> GUARDS_OF_RESULTS =
      Arrays.asList(
          "end",
          "noteEnd",
          "over",
          "takeOver",
          "leaveBehind",
          "giveBack",
          "tidyFace",
          "completed",
          "returned",
          "detachedEnded",
          "forgetFetchSizeQuietly");

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

  /** Methods without which no guard holds, or whose bodies are guards: a few instructions each. */
  static boolean isGuard(String type, String method) {
    switch (type.substring("io/rwsplit/".length())) {
      case "jdbc/RoutingContext":
        return method.equals("fault");
      case "jdbc/MasterPass":
        return method.equals("end");
      case "jdbc/ManagedConnection":
        return method.equals("requireMaster") || method.equals("refuse");
      case "jdbc/ManagedStatement":
        return GUARDS.contains(method);
      case "jdbc/LeasedConnection":
        return method.equals("finished");
      case "pool/Lease":
        return method.equals("park");
      case "jdbc/RedirectedResultSet":
        return GUARDS_OF_RESULTS.contains(method);
      case "jdbc/ShownResultSet":
        return method.equals("hide");
      case "jdbc/SampledRows":
        return method.equals("note");
      case "jdbc/StatementResults":
        return method.equals("showDriver");
      case "jdbc/ThreadState":
      case "jdbc/Sneaky":
      case "jdbc/CircuitLog":
      case "jdbc/UnfollowedStatement":
      case "jdbc/UnfollowedConnection":
      case "jdbc/ManagedHooks":
      case "jdbc/DelegatingMetaData":
      case "jdbc/DelegatingResultSet":
      case "jdbc/ObservedResultSet":
        return true;
      default:
        return false;
    }
  }
}
