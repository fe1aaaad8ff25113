package io.rwsplit.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The shaded jar's runtime classes and nothing else, loaded as the agent loads them. */
public final class ShippedClasses extends ClassLoader implements Closeable {
  private final JarFile jar;

  /** Opens the jar. */
  public ShippedClasses() throws IOException {
    super(ClassLoader.getPlatformClassLoader());
    jar = new JarFile(ForkedJvm.AGENT_JAR);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    ZipEntry entry = jar.getEntry("inst/" + name.replace('.', '/') + ".classdata");
    if (entry == null) {
      throw new ClassNotFoundException(name);
    }
    try (InputStream in = jar.getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  @Override
  public void close() throws IOException {
    jar.close();
  }
}
