package io.rwsplit.weave;

import io.rwsplit.weave.Joinpoint.Shape;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * Static driver methods that no {@code java.sql} interface names: connects that bypass {@code
 * Driver.connect}, and registrations of SQL functions. By the end of the class's internal name, so
 * that a driver relocated into an application's own package is met too.
 */
final class StaticJoinpoints {
  private static final Map<String, Map<String, Joinpoint>> BY_CLASS = new HashMap<>();

  static {
    // SQLiteDataSource calls it, past java.sql.Driver.
    add(
        "org/sqlite/JDBC",
        new Joinpoint(
            "createConnection", "(Ljava/lang/String;Ljava/util/Properties;)", Shape.CONNECT, 0));
    String named = "(Ljava/sql/Connection;Ljava/lang/String;";
    String function = named + "Lorg/sqlite/Function;";
    add("org/sqlite/Function", new Joinpoint("create", function + "II)", Shape.FUNCTION, 0));
    add("org/sqlite/Function", new Joinpoint("create", function + "I)", Shape.FUNCTION, 0));
    add("org/sqlite/Function", new Joinpoint("create", function + ")", Shape.FUNCTION, 0));
    String collation = named + "Lorg/sqlite/Collation;)";
    add("org/sqlite/Collation", new Joinpoint("create", collation, Shape.FUNCTION, 0));
  }

  private StaticJoinpoints() {}

  /** Joinpoints of a class by name and parameters; empty for most classes. */
  static Map<String, Joinpoint> of(String internalName) {
    Map<String, Joinpoint> found = BY_CLASS.get(internalName);
    return found == null ? Collections.emptyMap() : found;
  }

  private static void add(String internalName, Joinpoint joinpoint) {
    Map<String, Joinpoint> ofClass = BY_CLASS.get(internalName);
    if (ofClass == null) {
      ofClass = new HashMap<>();
      BY_CLASS.put(internalName, ofClass);
    }
    ofClass.put(joinpoint.key(), joinpoint);
  }
}
