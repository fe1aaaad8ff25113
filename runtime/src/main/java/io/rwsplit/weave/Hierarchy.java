package io.rwsplit.weave;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import net.bytebuddy.jar.asm.ClassReader;

/**
 * Finds out what driver classes implement by reading class files: a superclass that is not loaded
 * yet is not loaded by the question. Thread-safe.
 */
final class Hierarchy {
  private final Map<ClassLoader, Map<String, ClassFacts>> known = new WeakHashMap<>();

  /** Facts of a class that is being defined. */
  ClassFacts of(ClassFiles files, ClassReader reader) {
    Map<String, ClassFacts> ofLoader = ofLoader(files.loader);
    synchronized (ofLoader) {
      return read(files, ofLoader, reader);
    }
  }

  /** Facts of a superclass; {@link ClassFacts#NONE} when its bytes cannot be had. */
  ClassFacts of(ClassFiles files, String internalName) {
    Map<String, ClassFacts> ofLoader = ofLoader(files.loader);
    synchronized (ofLoader) {
      return find(files, ofLoader, internalName);
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
      ClassFiles files, Map<String, ClassFacts> known, String internalName) {
    if (internalName == null || internalName.startsWith("java/")) {
      return jdk(internalName);
    }
    ClassFacts facts = known.get(internalName);
    if (facts == null) {
      byte[] bytes = files.of(internalName);
      if (bytes == null) {
        return ClassFacts.NONE;
      }
      facts = read(files, known, new ClassReader(bytes));
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
      ClassFiles files, Map<String, ClassFacts> known, ClassReader reader) {
    ClassFacts parent = find(files, known, reader.getSuperName());
    Set<Role> roles = EnumSet.noneOf(Role.class);
    roles.addAll(parent.roles);
    for (String implemented : reader.getInterfaces()) {
      roles.addAll(find(files, known, implemented).roles);
    }
    return new ClassFacts(reader.getSuperName(), roles, reader);
  }
}
