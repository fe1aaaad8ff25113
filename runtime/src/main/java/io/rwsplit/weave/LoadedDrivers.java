package io.rwsplit.weave;

import io.rwsplit.bootstrap.HookedConnection;
import io.rwsplit.bootstrap.Hooks;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Used by one thread at a time. */
  private boolean registered;

  /** Those between the two steps. Used by one thread at a time. */
  private final List<LoadedDriver> pending = new ArrayList<>();

  /**
   * @param listener is told of drivers that could not be attached to
   */
  public LoadedDrivers(Instrumentation instrumentation, DriverTransformer.Listener listener) {
    this.instrumentation = instrumentation;
    this.listener = listener;
  }

  /** The JVM asks a transformer as often as it was added. */
  private void register() {
    if (!registered) {
      registered = true;
      instrumentation.addTransformer(this, true);
    }
  }

  /**
   * The first step: the drivers tell.
   *
   * @param connections classes of drivers that implement {@code Connection} and were loaded before
   * @return those of them whose drivers do not tell, but stay as they are
   */
  public List<Class<?>> tell(List<Class<?>> connections) {
    Set<String> told = new HashSet<>();
    if (connections.isEmpty() || !instrumentation.isRetransformClassesSupported()) {
      return connections;
    }
    register();
    for (Class<?> connection : connections) {
      try {
        if (!HookedConnection.class.isAssignableFrom(connection) && tell(connection)) {
          told.add(place(connection));
        }
      } catch (Throwable t) {
        listener.failed(connection.getName().replace('.', '/'), t);
      }
    }
    List<Class<?>> left = new ArrayList<>();
    for (Class<?> connection : connections) {
      if (!told.contains(place(connection))) {
        left.add(connection);
      }
    }
    return left;
  }

  /**
   * Classes that connect tell of it, of drivers whose other classes are yet to be woven.
   *
   * @param connecting such classes, loaded before
   */
  public void tellConnects(List<Class<?>> connecting) {
    if (connecting.isEmpty() || !instrumentation.isRetransformClassesSupported()) {
      return;
    }
    register();
    Joinpoints joinpoints = new Joinpoints();
    for (Class<?> each : connecting) {
      String name = each.getName().replace('.', '/');
      LoadedClass body = new LoadedClass(null);
      body.statics.putAll(DriverJoinpoints.statics(name));
      body.instance.putAll(DriverJoinpoints.instance(name));
      if (Driver.class.isAssignableFrom(each)) {
        body.instance.putAll(joinpoints.of(Role.DRIVER));
      }
      try {
        ClassDefinition.letRead(instrumentation, each, Hooks.class);
        retransform(each.getClassLoader(), Collections.singletonMap(name, body), each);
      } catch (Throwable t) {
        listener.failed(name, t);
      }
    }
  }

  /** What all classes of one copy of a driver have in common: a driver has several connections. */
  private static String place(Class<?> connection) {
    String name = connection.getName();
    int end = name.indexOf('.', name.indexOf('.') + 1);
    return System.identityHashCode(connection.getClassLoader()) + name.substring(0, end);
  }

  /**
   * True when a thread may be in a body of before that is to tell.
   *
   * @param frame of the thread's stack
   */
  public boolean isInside(StackTraceElement frame) {
    for (LoadedDriver driver : pending) {
      if (driver.isInside(frame)) {
        return true;
      }
    }
    return false;
  }

  /** Drivers that wait for the second step, by the names of the classes of their connections. */
  public List<String> pending() {
    List<String> names = new ArrayList<>();
    for (LoadedDriver driver : pending) {
      names.add(driver.name());
    }
    return names;
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
    Class<?>[] changed = linked(driver, driver.first().keySet());
    Class<?>[] connecting = linked(driver, driver.last().keySet());
    for (Map.Entry<String, byte[]> each : driver.subclasses().entrySet()) {
      Class<?> made = definition.define(each.getKey(), each.getValue(), connection);
      Class<?> verified = Class.forName(made.getName(), true, driver.loader());
      if (verified != made || connecting.length == 0) {
        return false;
      }
    }
    retransform(driver.loader(), driver.first(), changed);
    pending.add(driver);
    return true;
  }

  /** Loads and verifies classes without initialising them. */
  private static Class<?>[] linked(LoadedDriver driver, Set<String> names)
      throws ReflectiveOperationException {
    Class<?>[] found = new Class<?>[names.size()];
    int i = 0;
    for (String name : names) {
      found[i] = Class.forName(name.replace('/', '.'), false, driver.loader());
      // Reflection on methods links.
      if (found[i].getDeclaredMethods() == null || found[i].getClassLoader() != driver.loader()) {
        throw new ClassNotFoundException(name);
      }
      i++;
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
        retransform(driver.loader(), driver.last(), linked(driver, driver.last().keySet()));
        managed.add(driver.name());
      } catch (Throwable t) {
        listener.failed(driver.name(), t);
      }
    }
    pending.clear();
    return managed;
  }

  private void retransform(
      ClassLoader loader, Map<String, LoadedClass> changed, Class<?>... classes)
      throws UnmodifiableClassException {
    synchronized (bodies) {
      Map<String, LoadedClass> known = bodies.get(loader);
      Map<String, LoadedClass> more = known == null ? new HashMap<>() : new HashMap<>(known);
      more.putAll(changed);
      bodies.put(loader, more);
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
