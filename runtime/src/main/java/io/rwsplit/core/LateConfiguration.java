package io.rwsplit.core;

import io.rwsplit.config.ConfigInputs;
import io.rwsplit.engine.Engine;
import io.rwsplit.weave.DriverTransformer;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;

/**
 * Waits for the first class of any driver, and reads the configuration then: reading a file is
 * nothing for an application without a database, and nothing for premain. Thread-safe.
 */
final class LateConfiguration implements ClassFileTransformer {
  /** In place of a transformer: nothing is to be woven. */
  private static final ClassFileTransformer NONE = new Nothing();

  private static final class Nothing implements ClassFileTransformer {
    @Override
    public byte[] transform(
        ClassLoader loader,
        String className,
        Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      return null;
    }
  }

  private final List<String> prefixes = new ArrayList<>();
  private final Object reading = new Object();
  private final Instrumentation instrumentation;
  private ConfigInputs inputs;
  private volatile ClassFileTransformer configured;

  LateConfiguration(ConfigInputs inputs, Instrumentation instrumentation) {
    this.inputs = inputs;
    this.instrumentation = instrumentation;
    for (Engine engine : Engine.values()) {
      for (String prefix : engine.classPrefixes()) {
        prefixes.add(prefix);
      }
    }
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes)
      throws IllegalClassFormatException {
    if (className == null || redefined != null) {
      return null;
    }
    ClassFileTransformer known = configured;
    if (known == null) {
      if (!isOfDriver(className)) {
        return null;
      }
      known = configure();
    }
    return known.transform(loader, className, redefined, domain, bytes);
  }

  private boolean isOfDriver(String className) {
    for (int i = 0; i < prefixes.size(); i++) {
      if (className.startsWith(prefixes.get(i))) {
        return true;
      }
    }
    return false;
  }

  private ClassFileTransformer configure() {
    synchronized (reading) {
      if (configured == null) {
        DriverTransformer made = null;
        try {
          made = Launcher.configure(inputs);
          if (made != null) {
            Launcher.notice(made, instrumentation);
          }
        } catch (Throwable t) {
          System.err.println("[rwsplit] could not start; the application runs unsplit: " + t);
        }
        inputs = null;
        configured = made == null ? NONE : made;
      }
      return configured;
    }
  }
}
