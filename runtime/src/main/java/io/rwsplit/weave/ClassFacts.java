package io.rwsplit.weave;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * What weaving needs to know of one class of a driver, read from its bytes. The methods are read
 * when they are asked for: of most classes the roles are enough. Thread-safe.
 */
final class ClassFacts {
  static final ClassFacts NONE = new ClassFacts(null, EnumSet.noneOf(Role.class), null);

  private static final int NOT_OVERRIDABLE =
      Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_ABSTRACT | Opcodes.ACC_BRIDGE;

  /** Internal name of the superclass; null for {@link #NONE} and for classes of the JDK. */
  final String superName;

  /** Roles that the class has, itself or by inheritance. */
  final Set<Role> roles;

  private ClassReader reader;
  private Set<String> overridable;
  private Set<String> finals;

  /**
   * @param reader its bytes; null when they are not at hand
   */
  ClassFacts(String superName, Set<Role> roles, ClassReader reader) {
    this.superName = superName;
    this.roles = roles;
    this.reader = reader;
  }

  /**
   * Concrete instance methods that a subclass may override, as name and full descriptor; bridges
   * excluded.
   */
  synchronized Set<String> overridable() {
    readMethods();
    return overridable;
  }

  /** Concrete instance methods that are final, in the same form. */
  synchronized Set<String> finals() {
    readMethods();
    return finals;
  }

  private void readMethods() {
    if (overridable != null) {
      return;
    }
    overridable = new HashSet<>();
    finals = new HashSet<>();
    if (reader != null) {
      reader.accept(
          new ClassVisitor(Opcodes.ASM9) {
            @Override
            public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
              if ((access & NOT_OVERRIDABLE) == 0 && name.charAt(0) != '<') {
                boolean sealed = (access & Opcodes.ACC_FINAL) != 0;
                (sealed ? finals : overridable).add(name + descriptor);
              }
              return null;
            }
          },
          ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
      reader = null;
    }
  }
}
