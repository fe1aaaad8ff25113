package io.rwsplit.weave;

import io.rwsplit.bootstrap.HookedConnection;
import io.rwsplit.bootstrap.Hooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;

/**
 * Attaches to drivers whose classes are loaded, in two steps: first the bodies of connections and
 * statements tell what they do; when no thread is left in a body of before, those that make
 * connections make managed ones. Whatever fails leaves the driver as written.
 *
 * <p>Stays a transformer for good, since another agent that retransforms a class begins with what
 * was loaded. Thread-safe.
 */
public final class LoadedDrivers implements ClassFileTransformer {
  private final Instrumentation instrumentation;
  private final DriverTransformer.Listener listener;

  /**
   * What becomes of classes that are retransformed, by loader: nothing in it holds that. Guarded by
   * itself.
   */
  private final Map<ClassLoader, Map<String, LoadedClass>> bodies = new WeakHashMap<>();

  /** Those between the two steps. Used by one thread at a time. */
  private final List<LoadedDriver> pending = new ArrayList<>();

  /**
   * @param listener is told of drivers that could not be attached to
   */
  public LoadedDrivers(Instrumentation instrumentation, DriverTransformer.Listener listener) {
    this.instrumentation = instrumentation;
    this.listener = listener;
  }

  /**
   * The first step: the drivers tell.
   *
   * @param connections classes of drivers that implement {@code Connection} and were loaded before
   * @return the loaders whose drivers tell by now
   */
  public List<ClassLoader> tell(List<Class<?>> connections) {
    List<ClassLoader> told = new ArrayList<>();
    if (!instrumentation.isRetransformClassesSupported()) {
      return told;
    }
    instrumentation.addTransformer(this, true);
    for (Class<?> connection : connections) {
      try {
        if (!HookedConnection.class.isAssignableFrom(connection) && tell(connection)) {
          told.add(connection.getClassLoader());
        }
      } catch (Throwable t) {
        listener.failed(connection.getName().replace('.', '/'), t);
      }
    }
    if (told.isEmpty()) {
      boolean unused = instrumentation.removeTransformer(this);
    }
    return told;
  }

  private boolean tell(Class<?> connection)
      throws ReflectiveOperationException, UnmodifiableClassException {
    LoadedDriver driver = LoadedDriver.of(connection);
    if (driver == null) {
      return false;
    }
    ClassDefinition definition = new ClassDefinition(instrumentation);
    ClassDefinition.letRead(instrumentation, connection, Hooks.class);
    // All are to be there and sound before the first body changes: a call changes all or none.
    Class<?>[] changed = linked(driver, driver.first());
    Class<?>[] connecting = linked(driver, driver.last());
    for (Map.Entry<String, byte[]> each : driver.subclasses().entrySet()) {
      Class<?> made = definition.define(each.getKey(), each.getValue(), connection);
      Class<?> verified = Class.forName(made.getName(), true, driver.loader());
      if (verified != made || connecting.length == 0) {
        return false;
      }
    }
    retransform(driver, driver.first(), changed);
    pending.add(driver);
    return true;
  }

  /** Loads and verifies classes without initialising them. */
  private static Class<?>[] linked(LoadedDriver driver, List<String> names)
      throws ReflectiveOperationException {
    Class<?>[] found = new Class<?>[names.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = Class.forName(names.get(i).replace('/', '.'), false, driver.loader());
      // Reflection on methods links.
      if (found[i].getDeclaredMethods().length == 0
          || found[i].getClassLoader() != driver.loader()) {
        throw new ClassNotFoundException(names.get(i));
      }
    }
    return found;
  }

  /**
   * The second step, once all calls of before are over: new connections are managed.
   *
   * @return the names of the classes that connections are of now
   */
  public List<String> complete() {
    List<String> managed = new ArrayList<>();
    for (LoadedDriver driver : pending) {
      try {
        retransform(driver, driver.last(), linked(driver, driver.last()));
        managed.add(driver.name());
      } catch (Throwable t) {
        listener.failed(driver.last().get(0), t);
      }
    }
    pending.clear();
    return managed;
  }

  private void retransform(LoadedDriver driver, List<String> names, Class<?>[] classes)
      throws UnmodifiableClassException {
    synchronized (bodies) {
      Map<String, LoadedClass> known = bodies.get(driver.loader());
      Map<String, LoadedClass> more = known == null ? new HashMap<>() : new HashMap<>(known);
      for (String name : names) {
        more.put(name, driver.bodies(name));
      }
      bodies.put(driver.loader(), more);
    }
    instrumentation.retransformClasses(classes);
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (redefined == null || className == null || loader == null) {
      return null;
    }
    try {
      LoadedClass changed = changed(loader, className);
      if (changed == null) {
        return null;
      }
      ClassReader reader = new ClassReader(bytes);
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new LoadedBodies(writer, changed), 0);
      return writer.toByteArray();
    } catch (Throwable t) {
      listener.failed(className, t);
      return null;
    }
  }

  private LoadedClass changed(ClassLoader loader, String className) {
    synchronized (bodies) {
      Map<String, LoadedClass> known = bodies.get(loader);
      return known == null ? null : known.get(className);
    }
  }
}
