package io.rwsplit.weave;

import io.rwsplit.bootstrap.HookFactory;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Emits the bodies that ask or tell the hook factory, for there is no hook yet, or none at all. */
final class FactoryBody extends Body {
  FactoryBody(
      MethodVisitor code, String owner, boolean isStatic, String descriptor, Runnable original) {
    super(code, owner, isStatic, descriptor, original);
  }

  void connect() {
    int url = isStatic ? 0 : 1;
    String o = "L" + OBJECT + ";";
    factory();
    if (isStatic) {
      code.visitLdcInsn(Type.getObjectType(owner));
    } else {
      code.visitVarInsn(Opcodes.ALOAD, 0);
    }
    code.visitVarInsn(Opcodes.ALOAD, url);
    connectProperties(url);
    factoryCall("connecting", "(" + o + o + o + ")" + o);
    code.visitVarInsn(Opcodes.ASTORE, hook);
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    code.visitTryCatchBlock(start, end, handler, THROWABLE);
    code.visitLabel(start);
    factory();
    connectArguments(url);
    factoryCall("target", "(" + o + o + o + o + ")" + o);
    code.visitTypeInsn(Opcodes.CHECKCAST, arguments[0].getInternalName());
    code.visitVarInsn(Opcodes.ASTORE, url);
    callOriginal();
    code.visitLabel(end);
    code.visitVarInsn(Opcodes.ASTORE, next);
    factory();
    connectArguments(url);
    code.visitVarInsn(Opcodes.ALOAD, next);
    factoryCall("connected", "(" + o + o + o + o + o + ")V");
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(handler);
    frame(new Object[] {OBJECT}, THROWABLE);
    code.visitVarInsn(Opcodes.ASTORE, next);
    factory();
    code.visitVarInsn(Opcodes.ALOAD, hook);
    factoryCall("connectFailed", "(" + o + ")V");
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitInsn(Opcodes.ATHROW);
  }

  /** Token, driver, URL and properties. */
  private void connectArguments(int url) {
    code.visitVarInsn(Opcodes.ALOAD, hook);
    if (isStatic) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else {
      code.visitVarInsn(Opcodes.ALOAD, 0);
    }
    code.visitVarInsn(Opcodes.ALOAD, url);
    connectProperties(url);
  }

  /** Null for a connect whose only argument holds all. */
  private void connectProperties(int url) {
    if (arguments.length > 1) {
      code.visitVarInsn(Opcodes.ALOAD, url + 1);
    } else {
      code.visitInsn(Opcodes.ACONST_NULL);
    }
  }

  void distributed() {
    factory();
    factoryCall("distributing", "()V");
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    code.visitTryCatchBlock(start, end, handler, THROWABLE);
    code.visitLabel(start);
    callOriginal();
    code.visitLabel(end);
    code.visitVarInsn(Opcodes.ASTORE, hook);
    factory();
    code.visitVarInsn(Opcodes.ALOAD, hook);
    factoryCall("distributed", "(L" + OBJECT + ";)V");
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(handler);
    frame(new Object[0], THROWABLE);
    code.visitVarInsn(Opcodes.ASTORE, hook);
    factory();
    code.visitInsn(Opcodes.ACONST_NULL);
    factoryCall("distributed", "(L" + OBJECT + ";)V");
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitInsn(Opcodes.ATHROW);
  }

  void function() {
    callOriginal();
    factory();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    factoryCall("functionCreated", "(L" + OBJECT + ";L" + STRING + ";)V");
    code.visitInsn(Opcodes.RETURN);
  }

  void progressHandler() {
    said(HookFactory.PROGRESS_HANDLER, Opcodes.RETURN);
  }

  void restore() {
    said(HookFactory.RESTORE, Opcodes.IRETURN);
  }

  void sessionReset() {
    said(HookFactory.SESSION_RESET, Opcodes.RETURN);
  }

  /** A class loader tells before it stops. */
  void stopping() {
    factory();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    factoryCall("stopping", "(L" + OBJECT + ";)V");
    callOriginal();
    code.visitInsn(Opcodes.RETURN);
  }

  /** The original, then a word of the hook factory's about the first argument or receiver. */
  private void said(String what, int back) {
    callOriginal();
    factory();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitLdcInsn(what);
    factoryCall("functionCreated", "(L" + OBJECT + ";L" + STRING + ";)V");
    code.visitInsn(back);
  }
}
