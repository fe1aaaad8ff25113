package io.rwsplit.weave;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookFactory;
import io.rwsplit.bootstrap.Hooks;
import io.rwsplit.bootstrap.RowsHook;
import io.rwsplit.bootstrap.StatementHook;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * What all new bodies of woven methods are emitted by: fields and calls of the hooks, the call of
 * the original, frames.
 *
 * <p>Frames are written by hand, since letting the class writer compute them would load classes of
 * the driver while they are being defined. Locals beyond the arguments: {@link #hook}, the hook,
 * and from {@link #next} on what it answered, the original's result, or what it threw.
 */
abstract class Body {
  static final String CONNECTION_HOOK = Type.getInternalName(ConnectionHook.class);
  static final String STATEMENT_HOOK = Type.getInternalName(StatementHook.class);
  static final String ROWS_HOOK = Type.getInternalName(RowsHook.class);
  static final String OBJECT = "java/lang/Object";
  static final String THROWABLE = "java/lang/Throwable";
  static final String STRING = "java/lang/String";
  private static final String FACTORY = Type.getInternalName(HookFactory.class);

  final MethodVisitor code;
  final String owner;
  final boolean isStatic;
  final Type[] arguments;
  final Type returned;
  final int hook;
  final int next;
  private final Runnable original;

  /**
   * @param owner internal name of the class being woven
   * @param original emits the call of the original, its receiver and arguments being on the stack
   */
  Body(MethodVisitor code, String owner, boolean isStatic, String descriptor, Runnable original) {
    this.code = code;
    this.owner = owner;
    this.isStatic = isStatic;
    this.arguments = Type.getArgumentTypes(descriptor);
    this.returned = Type.getReturnType(descriptor);
    this.original = original;
    int local = isStatic ? 0 : 1;
    for (Type argument : arguments) {
      local += argument.getSize();
    }
    this.hook = local;
    this.next = local + 1;
  }

  /** Pushes the hook factory. */
  final void factory() {
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Type.getInternalName(Hooks.class),
        "factory",
        "()L" + FACTORY + ";",
        false);
  }

  final void factoryCall(String name, String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FACTORY, name, descriptor, false);
  }

  /** Stores the hook that the woven object has, or null. */
  final void loadField(String hookType) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, owner, Bodies.HOOK_FIELD, "L" + hookType + ";");
    code.visitVarInsn(Opcodes.ASTORE, hook);
  }

  /** Leaves its result on the stack. */
  final void callOriginal() {
    int local = 0;
    if (!isStatic) {
      code.visitVarInsn(Opcodes.ALOAD, 0);
      local = 1;
    }
    for (Type argument : arguments) {
      code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      local += argument.getSize();
    }
    original.run();
  }

  /** Of a byte that is not negative. */
  final void push(int constant) {
    if (constant <= 5) {
      code.visitInsn(Opcodes.ICONST_0 + constant);
    } else {
      code.visitIntInsn(Opcodes.BIPUSH, constant);
    }
  }

  /** A full frame: receiver, arguments and {@code extras} as locals, {@code stack} or nothing. */
  final void frame(Object[] extras, String stack) {
    int self = isStatic ? 0 : 1;
    Object[] locals = new Object[self + arguments.length + extras.length];
    if (!isStatic) {
      locals[0] = owner;
    }
    for (int i = 0; i < arguments.length; i++) {
      locals[self + i] = frameType(arguments[i]);
    }
    System.arraycopy(extras, 0, locals, self + arguments.length, extras.length);
    Object[] stacked = stack == null ? new Object[0] : new Object[] {stack};
    code.visitFrame(Opcodes.F_NEW, locals.length, locals, stacked.length, stacked);
  }

  private static Object frameType(Type type) {
    switch (type.getSort()) {
      case Type.LONG:
        return Opcodes.LONG;
      case Type.DOUBLE:
        return Opcodes.DOUBLE;
      case Type.FLOAT:
        return Opcodes.FLOAT;
      case Type.OBJECT:
      case Type.ARRAY:
        return type.getInternalName();
      default:
        return Opcodes.INTEGER;
    }
  }
}
