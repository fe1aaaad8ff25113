package io.rwsplit.weave;

import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Emits {@code HookedStatement.rwsplit$closeKeys}. Only sqlite-jdbc has something to close: {@code
 * CoreStatement.clearGeneratedKeys}, since 3.43. Without that method the call fails with a {@code
 * LinkageError}, the class's definition does not.
 */
final class GeneratedKeys {
  private static final String SQLITE = "org/sqlite/jdbc4/JDBC4Statement";

  private GeneratedKeys() {}

  static void emit(ClassVisitor to, String className) {
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;
    MethodVisitor code = to.visitMethod(access, "rwsplit$closeKeys", "()V", null, null);
    code.visitCode();
    if (className.equals(SQLITE)) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, className, "clearGeneratedKeys", "()V", false);
    }
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
