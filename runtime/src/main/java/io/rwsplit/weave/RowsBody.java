package io.rwsplit.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Emits the new bodies of a result's methods, which take no arguments. Without a hook, as results
 * of the master are, each costs one field that is read.
 */
final class RowsBody extends Body {
  RowsBody(MethodVisitor code, String owner, String descriptor, Runnable original) {
    super(code, owner, false, descriptor, original);
  }

  void next() {
    Label plain = new Label();
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    unless(plain);
    subject();
    call("moving", "(L" + OBJECT + ";)V");
    code.visitTryCatchBlock(start, end, handler, THROWABLE);
    code.visitLabel(start);
    callOriginal();
    code.visitLabel(end);
    code.visitVarInsn(Opcodes.ISTORE, next);
    subject();
    code.visitVarInsn(Opcodes.ILOAD, next);
    call("moved", "(L" + OBJECT + ";Z)V");
    code.visitVarInsn(Opcodes.ILOAD, next);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(handler);
    rowsFrame(null, THROWABLE);
    code.visitVarInsn(Opcodes.ASTORE, next);
    subject();
    code.visitVarInsn(Opcodes.ALOAD, next);
    call("stuck", "(L" + OBJECT + ";L" + THROWABLE + ";)V");
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitInsn(Opcodes.ATHROW);
    code.visitLabel(plain);
    rowsFrame(null, null);
    callOriginal();
    code.visitInsn(Opcodes.IRETURN);
  }

  void close() {
    Label plain = new Label();
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    unless(plain);
    subject();
    call("closing", "(L" + OBJECT + ";)Z");
    code.visitVarInsn(Opcodes.ISTORE, next);
    code.visitTryCatchBlock(start, end, handler, THROWABLE);
    code.visitLabel(start);
    callOriginal();
    code.visitLabel(end);
    closed(Opcodes.ICONST_1);
    code.visitInsn(Opcodes.RETURN);
    code.visitLabel(handler);
    rowsFrame(Opcodes.INTEGER, THROWABLE);
    code.visitVarInsn(Opcodes.ASTORE, next + 1);
    closed(Opcodes.ICONST_0);
    code.visitVarInsn(Opcodes.ALOAD, next + 1);
    code.visitInsn(Opcodes.ATHROW);
    code.visitLabel(plain);
    rowsFrame(null, null);
    callOriginal();
    code.visitInsn(Opcodes.RETURN);
  }

  private void closed(int ok) {
    subject();
    code.visitVarInsn(Opcodes.ILOAD, next);
    code.visitInsn(ok);
    call("closed", "(L" + OBJECT + ";ZZ)V");
  }

  void statement() {
    Label end = new Label();
    callOriginal();
    code.visitVarInsn(Opcodes.ASTORE, next);
    unless(end);
    subject();
    code.visitVarInsn(Opcodes.ALOAD, next);
    call("statement", "(L" + OBJECT + ";L" + OBJECT + ";)L" + OBJECT + ";");
    code.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(end);
    rowsFrame(returned.getInternalName(), null);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitInsn(Opcodes.ARETURN);
  }

  void warnings() {
    Label plain = new Label();
    unless(plain);
    subject();
    call("warnings", "(L" + OBJECT + ";)L" + OBJECT + ";");
    code.visitVarInsn(Opcodes.ASTORE, next);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IF_ACMPEQ, plain);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(plain);
    rowsFrame(null, null);
    callOriginal();
    code.visitInsn(Opcodes.ARETURN);
  }

  void clearWarnings() {
    Label plain = new Label();
    unless(plain);
    subject();
    call("clearWarnings", "(L" + OBJECT + ";)Z");
    code.visitJumpInsn(Opcodes.IFEQ, plain);
    code.visitInsn(Opcodes.RETURN);
    code.visitLabel(plain);
    rowsFrame(null, null);
    callOriginal();
    code.visitInsn(Opcodes.RETURN);
  }

  /** Loads the hook into its local, and jumps when there is none. */
  private void unless(Label none) {
    loadField(ROWS_HOOK);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, none);
  }

  /** The hook, and the result as its first argument. */
  private void subject() {
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitVarInsn(Opcodes.ALOAD, 0);
  }

  private void call(String name, String arguments) {
    code.visitMethodInsn(Opcodes.INVOKEINTERFACE, ROWS_HOOK, name, arguments, true);
  }

  /** The hook and {@code extra} as locals, {@code stack} or nothing. */
  private void rowsFrame(Object extra, String stack) {
    frame(extra == null ? new Object[] {ROWS_HOOK} : new Object[] {ROWS_HOOK, extra}, stack);
  }
}
