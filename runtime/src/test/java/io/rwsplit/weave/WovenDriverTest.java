package io.rwsplit.weave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rwsplit.bootstrap.HookedConnection;
import io.rwsplit.bootstrap.HookedStatement;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** Weaves the whole of sqlite-jdbc into a loader of its own and runs it there. */
class WovenDriverTest {
  private final List<String> problems = new ArrayList<>();
  private final DriverTransformer transformer =
      new DriverTransformer(
          Collections.singleton("org/sqlite/"),
          new DriverTransformer.Listener() {
            @Override
            public void failed(String internalName, Throwable cause) {
              problems.add(internalName + ": " + cause);
            }

            @Override
            public void unweavable(String internalName, String method) {
              problems.add(internalName + "." + method + " is final");
            }
          });

  WovenDriverTest() {
    List<Class<?>> none = transformer.notice(new Class<?>[0]);
    assertEquals(Collections.emptyList(), none);
  }

  private static URL driverJar() {
    return org.sqlite.JDBC.class.getProtectionDomain().getCodeSource().getLocation();
  }

  private static byte[] readAll(InputStream in) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
    }
    return out.toByteArray();
  }

  /** Defines the driver's classes itself, woven; all else comes from the test's loader. */
  private final class WeavingLoader extends URLClassLoader {
    WeavingLoader() {
      super(new URL[] {driverJar()}, WovenDriverTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        if (loaded == null && name.startsWith("org.sqlite.")) {
          loaded = define(name);
        }
        return loaded == null ? super.loadClass(name, resolve) : loaded;
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String internal = name.replace('.', '/');
      try (InputStream in = getResourceAsStream(internal + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = readAll(in);
        byte[] woven = transformer.transform(this, internal, null, null, bytes);
        byte[] chosen = woven == null ? bytes : woven;
        return defineClass(name, chosen, 0, chosen.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void everyClassOfTheDriverStillVerifies() throws Exception {
    try (WeavingLoader loader = new WeavingLoader();
        JarFile jar = new JarFile(new File(driverJar().toURI()))) {
      int verified = 0;
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        String name = entries.nextElement().getName();
        if (name.startsWith("org/sqlite/")
            && name.endsWith(".class")
            && !name.contains("nativeimage")) {
          Class<?> type = loader.loadClass(name.replace('/', '.').replace(".class", ""));
          // Linking verifies the bytecode; reflection on methods links.
          assertNotNull(type.getDeclaredMethods());
          Class.forName(type.getName(), name.contains("jdbc"), loader);
          verified++;
        }
      }
      assertTrue(verified > 50, "classes: " + verified);
    }
    assertEquals(Collections.emptyList(), problems);
  }

  private static Set<String> wovenMethods(Class<?> type) {
    Set<String> woven = new TreeSet<>();
    for (Method method : type.getDeclaredMethods()) {
      if (method.isSynthetic() && !method.isBridge() && !method.getName().startsWith("lambda$")) {
        woven.add(method.getName().replace("rwsplit$original$", ""));
      }
    }
    return woven;
  }

  @Test
  void inheritedMethodsAreOverriddenWhereTheRoleBegins() throws Exception {
    try (WeavingLoader loader = new WeavingLoader()) {
      Set<String> statement = wovenMethods(loader.loadClass("org.sqlite.jdbc4.JDBC4Statement"));
      for (String name :
          new String[] {
            "executeQuery",
            "execute",
            "executeUpdate",
            "executeBatch",
            "getResultSet",
            "getMoreResults",
            "getUpdateCount",
            "close",
            "cancel",
            "setMaxRows",
            "addBatch"
          }) {
        assertTrue(statement.contains(name), () -> name + " is not among " + statement);
      }
      Set<String> prepared =
          wovenMethods(loader.loadClass("org.sqlite.jdbc4.JDBC4PreparedStatement"));
      for (String name :
          new String[] {
            "executeQuery",
            "execute",
            "executeUpdate",
            "setInt",
            "setString",
            "setObject",
            "setNull",
            "setBinaryStream",
            "clearParameters",
            "addBatch"
          }) {
        assertTrue(prepared.contains(name), () -> name + " is not among " + prepared);
      }
      assertEquals(
          Collections.emptySet(),
          wovenMethods(loader.loadClass("org.sqlite.jdbc3.JDBC3Statement")),
          "a superclass without the role stays as it is");
    }
  }

  @Test
  void aWovenDriverWithoutHooksBehavesAsBefore() throws Exception {
    try (WeavingLoader loader = new WeavingLoader()) {
      Driver driver =
          (Driver) loader.loadClass("org.sqlite.JDBC").getDeclaredConstructor().newInstance();
      try (Connection connection = driver.connect("jdbc:sqlite::memory:", new Properties());
          Statement statement = connection.createStatement()) {
        assertTrue(connection instanceof HookedConnection);
        assertTrue(statement instanceof HookedStatement);
        statement.executeUpdate("CREATE TABLE t (a INTEGER, b TEXT)");
        connection.setAutoCommit(false);
        try (PreparedStatement insert =
            connection.prepareStatement("INSERT INTO t VALUES (?, ?)")) {
          insert.setInt(1, 1);
          insert.setString(2, "x");
          insert.addBatch();
          insert.setLong(1, 2);
          insert.setObject(2, "y");
          insert.addBatch();
          assertEquals(2, insert.executeBatch().length);
        }
        connection.commit();
        assertTrue(statement.execute("SELECT sum(a) FROM t"));
        try (ResultSet sum = statement.getResultSet()) {
          assertTrue(sum.next());
          assertEquals(3, sum.getInt(1));
        }
        try (ResultSet tables = connection.getMetaData().getTables(null, null, "t", null)) {
          assertTrue(tables.next());
        }
      }
    }
    assertEquals(Collections.emptyList(), problems);
  }
}
