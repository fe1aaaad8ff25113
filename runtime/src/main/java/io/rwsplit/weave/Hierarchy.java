package io.rwsplit.weave;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * Finds out what driver classes implement by reading class files as resources: a superclass that is
 * not loaded yet is not loaded by the question. Thread-safe.
 */
final class Hierarchy {
  private final Map<ClassLoader, Map<String, ClassFacts>> known = new WeakHashMap<>();

  /** Facts of a class that is being defined. */
  ClassFacts of(ClassLoader loader, ClassReader reader) {
    Map<String, ClassFacts> ofLoader = ofLoader(loader);
    synchronized (ofLoader) {
      return read(loader, ofLoader, reader);
    }
  }

  /** Facts of a superclass; {@link ClassFacts#NONE} when its bytes cannot be had. */
  ClassFacts of(ClassLoader loader, String internalName) {
    Map<String, ClassFacts> ofLoader = ofLoader(loader);
    synchronized (ofLoader) {
      return find(loader, ofLoader, internalName);
    }
  }

  private Map<String, ClassFacts> ofLoader(ClassLoader loader) {
    synchronized (known) {
      Map<String, ClassFacts> facts = known.get(loader);
      if (facts == null) {
        facts = new HashMap<>();
        known.put(loader, facts);
      }
      return facts;
    }
  }

  private static ClassFacts find(
      ClassLoader loader, Map<String, ClassFacts> known, String internalName) {
    if (internalName == null || internalName.startsWith("java/")) {
      return jdk(internalName);
    }
    ClassFacts facts = known.get(internalName);
    if (facts == null) {
      byte[] bytes = resource(loader, internalName + ".class");
      if (bytes == null) {
        return ClassFacts.NONE;
      }
      facts = read(loader, known, new ClassReader(bytes));
      known.put(internalName, facts);
    }
    return facts;
  }

  private static ClassFacts jdk(String internalName) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (Role role : Role.values()) {
      if (role.internalName.equals(internalName)) {
        roles.add(role);
      }
    }
    if (internalName != null && Joinpoints.isCallable(internalName)) {
      roles.add(Role.PREPARED_STATEMENT);
    }
    if (roles.contains(Role.PREPARED_STATEMENT)) {
      roles.add(Role.STATEMENT);
    }
    return roles.isEmpty() ? ClassFacts.NONE : new ClassFacts(null, roles, null);
  }

  private static ClassFacts read(
      ClassLoader loader, Map<String, ClassFacts> known, ClassReader reader) {
    ClassFacts parent = find(loader, known, reader.getSuperName());
    Set<Role> roles = EnumSet.noneOf(Role.class);
    roles.addAll(parent.roles);
    for (String implemented : reader.getInterfaces()) {
      roles.addAll(find(loader, known, implemented).roles);
    }
    return new ClassFacts(reader.getSuperName(), roles, reader);
  }

  private static byte[] resource(ClassLoader loader, String name) {
    try (InputStream in =
        loader == null
            ? ClassLoader.getSystemResourceAsStream(name)
            : loader.getResourceAsStream(name)) {
      if (in == null) {
        return null;
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        out.write(buffer, 0, n);
      }
      return out.toByteArray();
    } catch (IOException e) {
      return null;
    }
  }
}
