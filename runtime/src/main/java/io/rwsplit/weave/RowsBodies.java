package io.rwsplit.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Emits the new bodies of a result's methods, which take no arguments. Without a hook, as results
 * of the master are, each costs one field that is read.
 *
 * <p>Locals: the result, the hook, and what a method needs.
 */
final class RowsBodies {
  private static final String OBJECT = "java/lang/Object";
  private static final String THROWABLE = "java/lang/Throwable";
  private static final String HOOK = Bodies.ROWS_HOOK;
  private static final int H = 1;
  private static final int NEXT = 2;

  private final MethodVisitor code;
  private final String owner;
  private final Type returned;
  private final Runnable original;

  /**
   * @param owner internal name of the class being woven
   * @param original emits the call of the original, its receiver being on the stack
   */
  RowsBodies(MethodVisitor code, String owner, Type returned, Runnable original) {
    this.code = code;
    this.owner = owner;
    this.returned = returned;
    this.original = original;
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
    code.visitVarInsn(Opcodes.ISTORE, NEXT);
    subject();
    code.visitVarInsn(Opcodes.ILOAD, NEXT);
    call("moved", "(L" + OBJECT + ";Z)V");
    code.visitVarInsn(Opcodes.ILOAD, NEXT);
    code.visitInsn(Opcodes.IRETURN);
    code.visitLabel(handler);
    frame(null, THROWABLE);
    code.visitVarInsn(Opcodes.ASTORE, NEXT);
    subject();
    code.visitVarInsn(Opcodes.ALOAD, NEXT);
    call("stuck", "(L" + OBJECT + ";L" + THROWABLE + ";)V");
    code.visitVarInsn(Opcodes.ALOAD, NEXT);
    code.visitInsn(Opcodes.ATHROW);
    code.visitLabel(plain);
    frame(null, null);
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
    code.visitVarInsn(Opcodes.ISTORE, NEXT);
    code.visitTryCatchBlock(start, end, handler, THROWABLE);
    code.visitLabel(start);
    callOriginal();
    code.visitLabel(end);
    closed(Opcodes.ICONST_1);
    code.visitInsn(Opcodes.RETURN);
    code.visitLabel(handler);
    frame(Opcodes.INTEGER, THROWABLE);
    code.visitVarInsn(Opcodes.ASTORE, NEXT + 1);
    closed(Opcodes.ICONST_0);
    code.visitVarInsn(Opcodes.ALOAD, NEXT + 1);
    code.visitInsn(Opcodes.ATHROW);
    code.visitLabel(plain);
    frame(null, null);
    callOriginal();
    code.visitInsn(Opcodes.RETURN);
  }

  private void closed(int ok) {
    subject();
    code.visitVarInsn(Opcodes.ILOAD, NEXT);
    code.visitInsn(ok);
    call("closed", "(L" + OBJECT + ";ZZ)V");
  }

  void statement() {
    Label end = new Label();
    callOriginal();
    code.visitVarInsn(Opcodes.ASTORE, NEXT);
    unless(end);
    subject();
    code.visitVarInsn(Opcodes.ALOAD, NEXT);
    call("statement", "(L" + OBJECT + ";L" + OBJECT + ";)L" + OBJECT + ";");
    code.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(end);
    frame(returned.getInternalName(), null);
    code.visitVarInsn(Opcodes.ALOAD, NEXT);
    code.visitInsn(Opcodes.ARETURN);
  }

  void warnings() {
    Label plain = new Label();
    unless(plain);
    subject();
    call("warnings", "(L" + OBJECT + ";)L" + OBJECT + ";");
    code.visitVarInsn(Opcodes.ASTORE, NEXT);
    code.visitVarInsn(Opcodes.ALOAD, NEXT);
    code.visitVarInsn(Opcodes.ALOAD, H);
    code.visitJumpInsn(Opcodes.IF_ACMPEQ, plain);
    code.visitVarInsn(Opcodes.ALOAD, NEXT);
    code.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(plain);
    frame(null, null);
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
    frame(null, null);
    callOriginal();
    code.visitInsn(Opcodes.RETURN);
  }

  /** Loads the hook into its local, and jumps when there is none. */
  private void unless(Label none) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, owner, Bodies.HOOK_FIELD, "L" + HOOK + ";");
    code.visitVarInsn(Opcodes.ASTORE, H);
    code.visitVarInsn(Opcodes.ALOAD, H);
    code.visitJumpInsn(Opcodes.IFNULL, none);
  }

  /** The hook, and the result as its first argument. */
  private void subject() {
    code.visitVarInsn(Opcodes.ALOAD, H);
    code.visitVarInsn(Opcodes.ALOAD, 0);
  }

  private void call(String name, String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKEINTERFACE, HOOK, name, descriptor, true);
  }

  private void callOriginal() {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    original.run();
  }

  /** A full frame: the result, the hook and {@code extra} as locals, {@code stack} or nothing. */
  private void frame(Object extra, String stack) {
    Object[] locals =
        extra == null ? new Object[] {owner, HOOK} : new Object[] {owner, HOOK, extra};
    Object[] stacked = stack == null ? new Object[0] : new Object[] {stack};
    code.visitFrame(Opcodes.F_NEW, locals.length, locals, stacked.length, stacked);
  }
}
