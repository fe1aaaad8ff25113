package io.rwsplit.weave;

import io.rwsplit.bootstrap.HookedResult;
import java.lang.reflect.Method;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Rewrites the result classes of sqlite-jdbc, whose statements have one result object each for all
 * their executions: an application that holds it sees every execution's rows through it. A field
 * makes the same object show what a replica serves.
 *
 * <p>Each method of {@code ResultSet} and {@code ResultSetMetaData} begins with a test of the
 * field. The methods in {@link #OWN} are answered by the object itself: what it is, whose it is,
 * and the fetch size, which the driver keeps in it for the statement.
 */
final class ResultWeaver extends ClassVisitor {
  private static final String CLASS = "org/sqlite/jdbc4/JDBC4ResultSet";
  private static final Set<String> OWN =
      new HashSet<>(
          Arrays.asList(
              "getStatement",
              "getMetaData",
              "unwrap",
              "isWrapperFor",
              "getFetchSize",
              "setFetchSize"));

  private static final String FIELD = "rwsplit$served";
  private static final String RESULT = Type.getInternalName(ResultSet.class);
  private static final String RESULT_TYPE = "L" + RESULT + ";";
  private static final String META_DATA = Type.getInternalName(ResultSetMetaData.class);
  private static final String OBJECT = "Ljava/lang/Object;";

  /** Interface by method name and descriptor. */
  private final Map<String, String> woven = new HashMap<>();

  private final Set<String> inherited;
  private final Set<String> declared = new HashSet<>();
  private String owner;
  private String superName;

  /**
   * @param inherited methods of the superclasses, as name and descriptor
   */
  ResultWeaver(ClassWriter writer, Set<String> inherited) {
    super(Opcodes.ASM9, writer);
    this.inherited = inherited;
    methodsOf(ResultSetMetaData.class, META_DATA);
    methodsOf(ResultSet.class, RESULT);
  }

  /** True for the class it is made for. */
  static boolean isFor(String className) {
    return className.equals(CLASS);
  }

  /** False for classes of a driver whose results are of the class that this is made for. */
  static boolean hasOthers(String className) {
    return !className.startsWith("org/sqlite/");
  }

  /** True when a method is answered by the driver's object even while a replica serves. */
  static boolean isOwn(String method) {
    return OWN.contains(method);
  }

  private void methodsOf(Class<?> type, String internalName) {
    for (Method method : type.getMethods()) {
      if (method.getDeclaringClass() == type && !isOwn(method.getName())) {
        woven.put(method.getName() + Type.getMethodDescriptor(method), internalName);
      }
    }
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      String signature,
      String superName,
      String[] interfaces) {
    this.owner = name;
    this.superName = superName;
    String[] all = Arrays.copyOf(interfaces, interfaces.length + 1);
    all[interfaces.length] = Type.getInternalName(HookedResult.class);
    String generic = signature == null ? null : signature + Type.getDescriptor(HookedResult.class);
    super.visit(version, access, name, generic, superName, all);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor body = super.visitMethod(access, name, descriptor, signature, exceptions);
    declared.add(name + descriptor);
    String of = woven.get(name + descriptor);
    if (of == null || (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_STATIC)) != 0) {
      return body;
    }
    return new MethodVisitor(Opcodes.ASM9, body) {
      @Override
      public void visitCode() {
        super.visitCode();
        askServed(mv, of, name, descriptor);
      }
    };
  }

  private void override(String of, String name, String descriptor) {
    MethodVisitor code =
        super.visitMethod(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC,
            name,
            descriptor,
            null,
            new String[] {"java/sql/SQLException"});
    code.visitCode();
    askServed(code, of, name, descriptor);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    arguments(code, descriptor);
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, superName, name, descriptor, false);
    code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private static void arguments(MethodVisitor code, String descriptor) {
    int local = 1;
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      local += argument.getSize();
    }
  }

  private void askServed(MethodVisitor code, String of, String name, String descriptor) {
    Label own = new Label();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, owner, FIELD, RESULT_TYPE);
    code.visitJumpInsn(Opcodes.IFNULL, own);
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, owner, FIELD, RESULT_TYPE);
    if (of.equals(META_DATA)) {
      code.visitMethodInsn(
          Opcodes.INVOKEINTERFACE, RESULT, "getMetaData", "()L" + META_DATA + ";", true);
    }
    arguments(code, descriptor);
    code.visitMethodInsn(Opcodes.INVOKEINTERFACE, of, name, descriptor, true);
    code.visitInsn(Type.getReturnType(descriptor).getOpcode(Opcodes.IRETURN));
    code.visitLabel(own);
    code.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
    // The driver's body may begin with a frame of its own.
    code.visitInsn(Opcodes.NOP);
  }

  @Override
  public void visitEnd() {
    for (Map.Entry<String, String> method : woven.entrySet()) {
      String key = method.getKey();
      if (inherited.contains(key) && !declared.contains(key)) {
        int end = key.indexOf('(');
        override(method.getValue(), key.substring(0, end), key.substring(end));
      }
    }
    super.visitField(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC,
            FIELD,
            RESULT_TYPE,
            null,
            null)
        .visitEnd();
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;
    MethodVisitor getter = super.visitMethod(access, FIELD, "()" + OBJECT, null, null);
    getter.visitCode();
    getter.visitVarInsn(Opcodes.ALOAD, 0);
    getter.visitFieldInsn(Opcodes.GETFIELD, owner, FIELD, RESULT_TYPE);
    getter.visitInsn(Opcodes.ARETURN);
    getter.visitMaxs(0, 0);
    getter.visitEnd();
    MethodVisitor setter = super.visitMethod(access, FIELD, "(" + OBJECT + ")V", null, null);
    setter.visitCode();
    setter.visitVarInsn(Opcodes.ALOAD, 0);
    setter.visitVarInsn(Opcodes.ALOAD, 1);
    setter.visitTypeInsn(Opcodes.CHECKCAST, RESULT);
    setter.visitFieldInsn(Opcodes.PUTFIELD, owner, FIELD, RESULT_TYPE);
    setter.visitInsn(Opcodes.RETURN);
    setter.visitMaxs(0, 0);
    setter.visitEnd();
    MethodVisitor column = super.visitMethod(access, "rwsplit$lastColumn", "(I)V", null, null);
    column.visitCode();
    column.visitVarInsn(Opcodes.ALOAD, 0);
    column.visitVarInsn(Opcodes.ILOAD, 1);
    column.visitFieldInsn(Opcodes.PUTFIELD, owner, "lastCol", "I");
    column.visitInsn(Opcodes.RETURN);
    column.visitMaxs(0, 0);
    column.visitEnd();
    super.visitEnd();
  }
}
