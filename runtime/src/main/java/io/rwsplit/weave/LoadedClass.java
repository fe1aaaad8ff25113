package io.rwsplit.weave;

import io.rwsplit.bootstrap.StatementHook;
import java.util.HashMap;
import java.util.Map;

/** What the bodies of one loaded class are to tell and to make. Immutable once it is complete. */
final class LoadedClass {
  /** Instance methods that tell, by name and parameters. */
  final Map<String, Joinpoint> instance = new HashMap<>();

  /** The same of static methods. */
  final Map<String, Joinpoint> statics = new HashMap<>();

  /** Classes to make objects of, by the class that is written there. */
  final Map<String, String> made = new HashMap<>();

  /** True when the constructors in static fields are to make objects of other classes, too. */
  boolean byConstructors;

  final LoadedFamily family;

  LoadedClass(LoadedFamily family) {
    this.family = family;
  }

  /** Adds all of another. */
  void copy(LoadedClass other) {
    instance.putAll(other.instance);
    statics.putAll(other.statics);
    made.putAll(other.made);
    byConstructors = other.byConstructors;
  }

  /** What the method is to tell; null for nothing. */
  Joinpoint joinpoint(String name, String descriptor, boolean isStatic, boolean isFinal) {
    String key = name + descriptor.substring(0, descriptor.indexOf(')') + 1);
    Joinpoint found = isStatic ? statics.get(key) : instance.get(key);
    boolean tells = found != null && (tells(found) || (isFinal && tellsForAll(found)));
    return tells ? found : null;
  }

  /** True when a method of the name tells, whatever its parameters. */
  boolean tells(String method) {
    return tells(method, instance) || tells(method, statics);
  }

  private static boolean tells(String method, Map<String, Joinpoint> joinpoints) {
    for (Joinpoint each : joinpoints.values()) {
      if (each.name.equals(method) && tells(each)) {
        return true;
      }
    }
    return false;
  }

  /**
   * True for what a body of a final method tells also of objects that have a hook, since their
   * class cannot override it.
   */
  static boolean tellsForAll(Joinpoint joinpoint) {
    switch (joinpoint.shape) {
      case EXECUTE:
      case UPDATE_COUNT:
        return true;
      case BEFORE:
        return tells(joinpoint);
      default:
        return false;
    }
  }

  /** Settings and parameters are for replicas, where nothing of an old statement goes. */
  private static boolean tells(Joinpoint joinpoint) {
    switch (joinpoint.shape) {
      case EXECUTE:
        // ADD_BATCH and DESCRIBE run nothing.
        return joinpoint.constant <= StatementHook.EXECUTE_KEYS;
      case BEFORE:
        return joinpoint.constant == StatementHook.CLOSE && joinpoint.name.equals("close");
      case CREATE:
      case CALL:
      case RESULT_SET:
      case RESULT_CLOSE:
      case CONNECT:
      case DISTRIBUTED:
      case FUNCTION:
      case PROGRESS_HANDLER:
      case RESTORE:
      case PAST_STATEMENTS:
      case COPY_BEGUN:
      case COPY_ENDED:
        return true;
      default:
        return false;
    }
  }
}
