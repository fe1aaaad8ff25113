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

  /** The class with the field that holds a statement's newest text. */
  final String textOwner;

  final String textField;

  LoadedClass(String textOwner, String textField) {
    this.textOwner = textOwner;
    this.textField = textField;
  }

  /** What the method is to tell; null for nothing. */
  Joinpoint joinpoint(String name, String descriptor, boolean isStatic) {
    String key = name + descriptor.substring(0, descriptor.indexOf(')') + 1);
    Joinpoint found = isStatic ? statics.get(key) : instance.get(key);
    return found != null && tells(found) ? found : null;
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
      case FUNCTION:
      case PROGRESS_HANDLER:
      case RESTORE:
        return true;
      default:
        return false;
    }
  }
}
