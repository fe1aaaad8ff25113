package io.rwsplit.weave;

import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Emits the methods of {@code HookedStatement} that reach into a driver's statement. Only
 * sqlite-jdbc has something there: {@code CoreStatement.rs}, its one result, {@code
 * CoreStatement.resultsWaiting}, and {@code CoreStatement.pointer}, the native statement. A version
 * that keeps them elsewhere fails with a {@code LinkageError} when they are asked for, not before.
 */
final class DriverAccess {
  private static final String SQLITE = "org/sqlite/jdbc4/JDBC4Statement";
  private static final String CORE = "org/sqlite/core/CoreStatement";
  private static final String DATABASE = "org/sqlite/core/DB";
  private static final String POINTER = "org/sqlite/core/SafeStmtPtr";

  private final ClassVisitor to;
  private final boolean reaches;

  DriverAccess(ClassVisitor to, String className) {
    this.to = to;
    this.reaches = className.equals(SQLITE);
  }

  void emit() {
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;
    MethodVisitor result =
        to.visitMethod(access, "rwsplit$result", "()Ljava/lang/Object;", null, null);
    result.visitCode();
    if (reaches) {
      result.visitVarInsn(Opcodes.ALOAD, 0);
      result.visitFieldInsn(Opcodes.GETFIELD, CORE, "rs", "Lorg/sqlite/core/CoreResultSet;");
    } else {
      result.visitInsn(Opcodes.ACONST_NULL);
    }
    result.visitInsn(Opcodes.ARETURN);
    result.visitMaxs(0, 0);
    result.visitEnd();
    MethodVisitor waits = to.visitMethod(access, "rwsplit$waits", "()Z", null, null);
    waits.visitCode();
    if (reaches) {
      waits.visitVarInsn(Opcodes.ALOAD, 0);
      waits.visitFieldInsn(Opcodes.GETFIELD, CORE, "resultsWaiting", "Z");
    } else {
      waits.visitInsn(Opcodes.ICONST_0);
    }
    waits.visitInsn(Opcodes.IRETURN);
    waits.visitMaxs(0, 0);
    waits.visitEnd();
    MethodVisitor release = to.visitMethod(access, "rwsplit$release", "()V", null, null);
    release.visitCode();
    if (reaches) {
      release(release);
    }
    release.visitInsn(Opcodes.RETURN);
    release.visitMaxs(0, 0);
    release.visitEnd();
  }

  /** By the pointer's own close; of 3.36 and before, where it is a number, by the database's. */
  private static void release(MethodVisitor to) {
    Label start = new Label();
    Label older = new Label();
    Label end = new Label();
    to.visitTryCatchBlock(start, older, older, "java/lang/NoSuchFieldError");
    to.visitLabel(start);
    to.visitVarInsn(Opcodes.ALOAD, 0);
    to.visitFieldInsn(Opcodes.GETFIELD, CORE, "pointer", "L" + POINTER + ";");
    to.visitJumpInsn(Opcodes.IFNULL, end);
    to.visitVarInsn(Opcodes.ALOAD, 0);
    to.visitFieldInsn(Opcodes.GETFIELD, CORE, "pointer", "L" + POINTER + ";");
    to.visitMethodInsn(Opcodes.INVOKEVIRTUAL, POINTER, "close", "()I", false);
    to.visitInsn(Opcodes.POP);
    to.visitJumpInsn(Opcodes.GOTO, end);
    to.visitLabel(older);
    Object[] self = {SQLITE};
    to.visitFrame(Opcodes.F_NEW, 1, self, 1, new Object[] {"java/lang/NoSuchFieldError"});
    to.visitInsn(Opcodes.POP);
    database(to, self);
    to.visitVarInsn(Opcodes.ALOAD, 0);
    to.visitMethodInsn(Opcodes.INVOKEVIRTUAL, DATABASE, "finalize", "(L" + CORE + ";)I", false);
    to.visitInsn(Opcodes.POP);
    to.visitLabel(end);
    to.visitFrame(Opcodes.F_NEW, 1, self, 0, new Object[0]);
  }

  /** The database onto the stack; of 3.8, which has no such method, from a field. */
  private static void database(MethodVisitor to, Object[] self) {
    Label start = new Label();
    Label older = new Label();
    Label end = new Label();
    to.visitTryCatchBlock(start, older, older, "java/lang/NoSuchMethodError");
    to.visitLabel(start);
    to.visitVarInsn(Opcodes.ALOAD, 0);
    to.visitMethodInsn(Opcodes.INVOKEVIRTUAL, CORE, "getDatbase", "()L" + DATABASE + ";", false);
    to.visitJumpInsn(Opcodes.GOTO, end);
    to.visitLabel(older);
    to.visitFrame(Opcodes.F_NEW, 1, self, 1, new Object[] {"java/lang/NoSuchMethodError"});
    to.visitInsn(Opcodes.POP);
    to.visitVarInsn(Opcodes.ALOAD, 0);
    to.visitFieldInsn(Opcodes.GETFIELD, CORE, "db", "L" + DATABASE + ";");
    to.visitLabel(end);
    to.visitFrame(Opcodes.F_NEW, 1, self, 1, new Object[] {DATABASE});
  }
}
