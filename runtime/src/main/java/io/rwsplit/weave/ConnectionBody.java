package io.rwsplit.weave;

import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Emits the bodies that ask or tell a connection's hook. */
final class ConnectionBody extends Body {
  ConnectionBody(
      MethodVisitor code, String owner, boolean isStatic, String descriptor, Runnable original) {
    super(code, owner, isStatic, descriptor, original);
  }

  void create(int flags) {
    Label attached = new Label();
    loadField(CONNECTION_HOOK);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNONNULL, attached);
    factory();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    factoryCall("adopt", "(L" + OBJECT + ";)L" + CONNECTION_HOOK + ";");
    code.visitVarInsn(Opcodes.ASTORE, hook);
    code.visitLabel(attached);
    frame(new Object[] {CONNECTION_HOOK}, null);
    callOriginal();
    code.visitVarInsn(Opcodes.ASTORE, next);
    Label end = new Label();
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, end);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, next);
    if (arguments.length > 0 && arguments[0].getSort() == Type.OBJECT) {
      code.visitVarInsn(Opcodes.ALOAD, 1);
    } else {
      code.visitInsn(Opcodes.ACONST_NULL);
    }
    push(flags);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        CONNECTION_HOOK,
        "created",
        "(L" + OBJECT + ";L" + OBJECT + ";L" + STRING + ";I)V",
        false);
    code.visitLabel(end);
    frame(new Object[] {CONNECTION_HOOK, returned.getInternalName()}, null);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitInsn(Opcodes.ARETURN);
  }

  /** Of the connection itself. */
  void ownCall(int constant) {
    loadField(CONNECTION_HOOK);
    call(constant);
  }

  void warnings(int constant) {
    loadField(CONNECTION_HOOK);
    connectionWarnings();
    call(constant);
  }

  /** Of the connection's meta data. */
  void metaDataCall(int constant) {
    factory();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    factoryCall("metaData", "(L" + OBJECT + ";)L" + CONNECTION_HOOK + ";");
    code.visitVarInsn(Opcodes.ASTORE, hook);
    call(constant);
  }

  /** Of an object that sends something past its connection's statements. */
  void callPastStatements(int constant) {
    factory();
    baseConnection();
    pastStatements(constant);
  }

  /** Of what {@link #copyBegun} has returned. */
  void copyEnded(int constant) {
    factory();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    pastStatements(constant);
  }

  void copyBegun() {
    callOriginal();
    code.visitVarInsn(Opcodes.ASTORE, hook);
    factory();
    baseConnection();
    code.visitVarInsn(Opcodes.ALOAD, hook);
    factoryCall("copyBegun", "(L" + OBJECT + ";L" + OBJECT + ";)V");
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitInsn(Opcodes.ARETURN);
  }

  /** Returns what the hook answers, unless that is the hook itself. */
  private void connectionWarnings() {
    Label driver = new Label();
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, driver);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        CONNECTION_HOOK,
        "warnings",
        "(L" + OBJECT + ";)L" + OBJECT + ";",
        false);
    code.visitVarInsn(Opcodes.ASTORE, next);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IF_ACMPEQ, driver);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(driver);
    frame(new Object[] {CONNECTION_HOOK}, null);
  }

  /** The hook is in its local already. */
  private void call(int constant) {
    Label plain = new Label();
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, plain);
    announce("enterCall", constant, -1);
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    code.visitTryCatchBlock(start, end, handler, THROWABLE);
    code.visitLabel(start);
    callOriginal();
    code.visitLabel(end);
    if (returned.getSort() != Type.VOID) {
      code.visitVarInsn(returned.getOpcode(Opcodes.ISTORE), next);
    }
    announce("exitCall", constant, 0);
    if (returned.getSort() != Type.VOID) {
      code.visitVarInsn(returned.getOpcode(Opcodes.ILOAD), next);
    }
    code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
    code.visitLabel(handler);
    frame(new Object[] {CONNECTION_HOOK}, THROWABLE);
    code.visitVarInsn(Opcodes.ASTORE, next);
    announce("exitCall", constant, next);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitInsn(Opcodes.ATHROW);
    code.visitLabel(plain);
    frame(new Object[] {CONNECTION_HOOK}, null);
    callOriginal();
    code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
  }

  /** The factory, and what it is asked about, are on the stack. */
  private void pastStatements(int constant) {
    factoryCall("pastStatements", "(L" + OBJECT + ";)L" + CONNECTION_HOOK + ";");
    code.visitVarInsn(Opcodes.ASTORE, hook);
    call(constant);
  }

  private void baseConnection() {
    int space = Bodies.BASE_CONNECTION.indexOf(' ');
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(
        Opcodes.GETFIELD,
        owner,
        Bodies.BASE_CONNECTION.substring(0, space),
        Bodies.BASE_CONNECTION.substring(space + 1));
  }

  /**
   * @param failure -1: the callee takes no failure; 0: it is null; else the local that holds it
   */
  private void announce(String name, int constant, int failure) {
    code.visitVarInsn(Opcodes.ALOAD, hook);
    push(constant);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    boxFirstArgument();
    if (failure == 0) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else if (failure > 0) {
      code.visitVarInsn(Opcodes.ALOAD, failure);
    }
    String descriptor = "(IL" + OBJECT + ";L" + OBJECT + ";";
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        CONNECTION_HOOK,
        name,
        descriptor + (failure < 0 ? ")V" : "L" + THROWABLE + ";)V"),
        false);
  }

  private void boxFirstArgument() {
    if (arguments.length == 0) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else if (arguments[0].getSort() == Type.BOOLEAN) {
      code.visitVarInsn(Opcodes.ILOAD, 1);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false);
    } else if (arguments[0].getSort() == Type.INT) {
      code.visitVarInsn(Opcodes.ILOAD, 1);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
    } else {
      code.visitVarInsn(Opcodes.ALOAD, 1);
    }
  }
}
