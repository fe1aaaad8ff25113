package io.rwsplit.weave;

import io.rwsplit.bootstrap.Setter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/** Emits what pushes the arguments of a parameter's setter for the hook. */
final class SetterArguments {
  private final MethodVisitor code;
  private final Type[] arguments;

  SetterArguments(MethodVisitor code, Type[] arguments) {
    this.code = code;
    this.arguments = arguments;
  }

  /** Pushes the value as a long. */
  void primitive() {
    Type type = arguments[1];
    code.visitVarInsn(type.getOpcode(Opcodes.ILOAD), 2);
    switch (type.getSort()) {
      case Type.LONG:
        break;
      case Type.FLOAT:
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
        code.visitInsn(Opcodes.I2L);
        break;
      case Type.DOUBLE:
        code.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
        break;
      default:
        code.visitInsn(Opcodes.I2L);
    }
  }

  /** Pushes value, qualifier, type and scale of the setters with more than two arguments. */
  void qualified(int setter) {
    boolean isNull = setter == Setter.NULL || setter == Setter.NULL_NAMED;
    if (isNull) {
      code.visitInsn(Opcodes.ACONST_NULL);
    } else {
      code.visitVarInsn(Opcodes.ALOAD, 2);
    }
    boolean hasQualifier = arguments.length > 2 && arguments[2].getSort() == Type.OBJECT;
    if (hasQualifier) {
      code.visitVarInsn(Opcodes.ALOAD, 3);
    } else {
      code.visitInsn(Opcodes.ACONST_NULL);
    }
    if (isNull) {
      code.visitVarInsn(Opcodes.ILOAD, 2);
    } else if (arguments.length > 2 && !hasQualifier) {
      code.visitVarInsn(Opcodes.ILOAD, 3);
    } else {
      code.visitInsn(Opcodes.ICONST_0);
    }
    if (arguments.length > 3) {
      code.visitVarInsn(Opcodes.ILOAD, 4);
    } else {
      code.visitInsn(Opcodes.ICONST_0);
    }
  }
}
