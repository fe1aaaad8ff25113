package io.rwsplit.agent;

import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * Loads the runtime from {@code inst/**} of the agent's jar, where no other loader looks for
 * classes. Its parent is the platform loader (the boot loader on Java 8), so that neither the
 * application's classes nor its libraries are visible to the runtime, nor the reverse.
 */
final class IsolatedClassLoader extends ClassLoader {
  static final String PREFIX = "inst/";

  /** Of all classes below {@link #PREFIX}. */
  private static final String OURS = "io.rwsplit.";

  static {
    registerAsParallelCapable();
  }

  private final JarFile jar;
  private final String base;

  IsolatedClassLoader(File file, JarFile jar) {
    super(platformLoader());
    this.jar = jar;
    this.base = "jar:" + file.toURI() + "!/" + PREFIX;
  }

  /**
   * The platform loader, which is the last but the boot loader above this class's since Java 9.
   * {@code ClassLoader.getPlatformClassLoader()} is asked only if it is not there: calling a
   * caller-sensitive method by reflection makes the JVM read annotations and spin proxies for them,
   * some 10 ms of CPU.
   */
  private static ClassLoader platformLoader() {
    ClassLoader last = Agent.class.getClassLoader();
    while (last.getParent() != null) {
      last = last.getParent();
    }
    if (last.getClass().getName().equals("jdk.internal.loader.ClassLoaders$PlatformClassLoader")) {
      return last;
    }
    try {
      return (ClassLoader) ClassLoader.class.getMethod("getPlatformClassLoader").invoke(null);
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return null;
    }
  }

  /** Ours are nowhere else: asking the parents for each would cost more than loading it. */
  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      Class<?> found = known == null ? findClass(name) : known;
      if (resolve) {
        resolveClass(found);
      }
      return found;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ZipEntry entry = jar.getEntry(PREFIX + name.replace('.', '/') + ".classdata");
    if (entry == null) {
      throw new ClassNotFoundException(name);
    }
    try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
      byte[] bytes = new byte[(int) entry.getSize()];
      in.readFully(bytes);
      return defineClass(name, bytes, 0, bytes.length, Agent.class.getProtectionDomain());
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  protected URL findResource(String name) {
    if (jar.getEntry(PREFIX + name) == null) {
      return null;
    }
    try {
      return new URL(base + name);
    } catch (MalformedURLException e) {
      return null;
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL found = findResource(name);
    return found == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(found));
  }
}
