package io.rwsplit.weave;

import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.Setter;
import io.rwsplit.bootstrap.StatementHook;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Emits the bodies that ask or tell a statement's hook. */
final class StatementBody extends Body {
  private static final String PASS = Type.getInternalName(Pass.class);

  StatementBody(
      MethodVisitor code, String owner, boolean isStatic, String descriptor, Runnable original) {
    super(code, owner, isStatic, descriptor, original);
  }

  void execute(int kind) {
    Label plain = new Label();
    Label pass = new Label();
    loadField(STATEMENT_HOOK);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, plain);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    if (arguments.length > 0 && arguments[0].getSort() == Type.OBJECT) {
      code.visitVarInsn(Opcodes.ALOAD, 1);
    } else {
      code.visitInsn(Opcodes.ACONST_NULL);
    }
    push(kind);
    hookCall("enter", "(L" + OBJECT + ";L" + STRING + ";I)L" + OBJECT + ";");
    code.visitVarInsn(Opcodes.ASTORE, next);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitJumpInsn(Opcodes.IFNULL, plain);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitTypeInsn(Opcodes.INSTANCEOF, PASS);
    code.visitJumpInsn(Opcodes.IFNE, pass);
    if (kind == StatementHook.QUERY || kind == StatementHook.EXECUTE) {
      code.visitVarInsn(Opcodes.ALOAD, next);
      unbox();
      code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
    } else {
      code.visitJumpInsn(Opcodes.GOTO, plain);
    }
    code.visitLabel(pass);
    frame(new Object[] {STATEMENT_HOOK, OBJECT}, null);
    Label start = new Label();
    Label end = new Label();
    Label handler = new Label();
    code.visitTryCatchBlock(start, end, handler, THROWABLE);
    code.visitLabel(start);
    callOriginal();
    code.visitLabel(end);
    int value = next + 1;
    boolean hasValue = returned.getSort() != Type.VOID;
    if (hasValue) {
      code.visitVarInsn(returned.getOpcode(Opcodes.ISTORE), value);
    }
    loadPass();
    boxResult(kind, value);
    passCall("exit", OBJECT);
    if (hasValue) {
      code.visitVarInsn(returned.getOpcode(Opcodes.ILOAD), value);
    }
    code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
    code.visitLabel(handler);
    frame(new Object[] {STATEMENT_HOOK, OBJECT}, THROWABLE);
    code.visitVarInsn(Opcodes.ASTORE, value);
    loadPass();
    code.visitVarInsn(Opcodes.ALOAD, value);
    passCall("failed", THROWABLE);
    code.visitVarInsn(Opcodes.ALOAD, value);
    code.visitInsn(Opcodes.ATHROW);
    code.visitLabel(plain);
    frame(new Object[] {STATEMENT_HOOK}, null);
    callOriginal();
    code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
  }

  private void loadPass() {
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitTypeInsn(Opcodes.CHECKCAST, PASS);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitVarInsn(Opcodes.ALOAD, 0);
  }

  private void passCall(String name, String last) {
    code.visitMethodInsn(
        Opcodes.INVOKEVIRTUAL,
        PASS,
        name,
        "(L" + STATEMENT_HOOK + ";L" + OBJECT + ";L" + last + ";)V",
        false);
  }

  private void boxResult(int kind, int value) {
    if (kind == StatementHook.QUERY) {
      code.visitVarInsn(Opcodes.ALOAD, value);
    } else if (returned.getSort() == Type.BOOLEAN) {
      code.visitVarInsn(Opcodes.ILOAD, value);
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false);
    } else {
      code.visitInsn(Opcodes.ACONST_NULL);
    }
  }

  private void unbox() {
    if (returned.getSort() == Type.BOOLEAN) {
      code.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Boolean");
      code.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, "java/lang/Boolean", "booleanValue", "()Z", false);
    } else {
      code.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    }
  }

  void before(int constant) {
    Label plain = new Label();
    loadField(STATEMENT_HOOK);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, plain);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    push(constant);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    hookCall("before", "(IL" + OBJECT + ";)V");
    code.visitLabel(plain);
    frame(new Object[] {STATEMENT_HOOK}, null);
    callOriginal();
    code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
  }

  /** Tells the hook of a setting of the statement, once the original has returned. */
  void setting(int which) {
    Label end = afterwards();
    if (end != null) {
      push(which);
      settingValue();
      hookCall("setting", "(IJ)V");
      goOn(end);
    }
  }

  /** Tells the hook of a parameter. */
  void parameterSet(int setter) {
    Label end = afterwards();
    if (end != null) {
      parameter(setter);
      goOn(end);
    }
  }

  /** Tells the hook that there are no parameters any more. */
  void parametersCleared() {
    Label end = afterwards();
    if (end != null) {
      hookCall("clearParameters", "()V");
      goOn(end);
    }
  }

  /** The original, and the hook on the stack; null where the method is none of the setters. */
  private Label afterwards() {
    callOriginal();
    if (returned.getSort() != Type.VOID) {
      code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
      return null;
    }
    Label end = new Label();
    loadField(STATEMENT_HOOK);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, end);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    return end;
  }

  private void goOn(Label end) {
    code.visitLabel(end);
    frame(new Object[] {STATEMENT_HOOK}, null);
    code.visitInsn(Opcodes.RETURN);
  }

  private void settingValue() {
    if (arguments.length == 0 || arguments[0].getSort() == Type.OBJECT) {
      code.visitInsn(Opcodes.LCONST_1);
    } else if (arguments[0].getSort() == Type.LONG) {
      code.visitVarInsn(Opcodes.LLOAD, 1);
    } else {
      code.visitVarInsn(Opcodes.ILOAD, 1);
      code.visitInsn(Opcodes.I2L);
    }
  }

  private void parameter(int setter) {
    code.visitVarInsn(Opcodes.ILOAD, 1);
    if (setter == Joinpoints.OPAQUE) {
      hookCall("setOpaque", "(I)V");
    } else if (setter <= Setter.DOUBLE) {
      push(setter);
      new SetterArguments(code, arguments).primitive();
      hookCall("setPrimitive", "(IIJ)V");
    } else if (setter <= Setter.OBJECT) {
      push(setter);
      code.visitVarInsn(Opcodes.ALOAD, 2);
      hookCall("setObject", "(IIL" + OBJECT + ";)V");
    } else {
      push(setter);
      new SetterArguments(code, arguments).qualified(setter);
      hookCall("setObject", "(IIL" + OBJECT + ";L" + OBJECT + ";II)V");
    }
  }

  void resultSet() {
    Label plain = new Label();
    Label end = new Label();
    whenRedirected(plain);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    hookCall("resultSet", "()L" + OBJECT + ";");
    code.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    code.visitInsn(Opcodes.ARETURN);
    code.visitLabel(plain);
    frame(new Object[] {STATEMENT_HOOK}, null);
    callOriginal();
    code.visitVarInsn(Opcodes.ASTORE, next);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, end);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitVarInsn(Opcodes.ALOAD, next);
    hookCall("masterResult", "(L" + OBJECT + ";)V");
    code.visitLabel(end);
    frame(new Object[] {STATEMENT_HOOK, returned.getInternalName()}, null);
    code.visitVarInsn(Opcodes.ALOAD, next);
    code.visitInsn(Opcodes.ARETURN);
  }

  /** While a replica's result is shown there is no count of rows. */
  void updateCount() {
    Label plain = new Label();
    whenRedirected(plain);
    code.visitInsn(Opcodes.ICONST_M1);
    if (returned.getSort() == Type.LONG) {
      code.visitInsn(Opcodes.I2L);
    }
    orOriginal(plain);
  }

  void moreResults() {
    Label plain = new Label();
    whenRedirected(plain);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    if (arguments.length == 0) {
      // java.sql.Statement.CLOSE_CURRENT_RESULT
      code.visitInsn(Opcodes.ICONST_1);
    } else {
      code.visitVarInsn(Opcodes.ILOAD, 1);
    }
    hookCall("moreResults", "(I)Z");
    orOriginal(plain);
  }

  void warnings() {
    Label plain = new Label();
    whenRedirected(plain);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    hookCall("warnings", "()L" + OBJECT + ";");
    code.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    orOriginal(plain);
  }

  private void orOriginal(Label plain) {
    code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
    code.visitLabel(plain);
    frame(new Object[] {STATEMENT_HOOK}, null);
    callOriginal();
    code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
  }

  private void whenRedirected(Label plain) {
    loadField(STATEMENT_HOOK);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, plain);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    hookCall("redirected", "()Z");
    code.visitJumpInsn(Opcodes.IFEQ, plain);
  }

  private void hookCall(String name, String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STATEMENT_HOOK, name, descriptor, false);
  }
}
