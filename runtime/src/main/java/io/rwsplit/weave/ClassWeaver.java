package io.rwsplit.weave;

import io.rwsplit.bootstrap.HookedConnection;
import io.rwsplit.bootstrap.HookedRows;
import io.rwsplit.bootstrap.HookedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Rewrites one driver class: wraps the methods it declares, overrides those it inherits from
 * superclasses without the role, and gives the first class with the role the hook's field.
 */
final class ClassWeaver extends ClassVisitor {
  private static final String ORIGINAL = "rwsplit$original$";
  private static final int NOT_WOVEN =
      Opcodes.ACC_ABSTRACT | Opcodes.ACC_BRIDGE | Opcodes.ACC_NATIVE;

  /** What was decided about the class before its bytes are rewritten. */
  static final class Plan {
    /** Instance methods to wrap where the class declares them, by name and parameters. */
    final Map<String, Joinpoint> wrapped = new HashMap<>();

    /** Static methods to wrap, by name and parameters. */
    final Map<String, Joinpoint> statics = new HashMap<>();

    /** Inherited methods to override: full descriptors with their joinpoints. */
    final Map<String, Joinpoint> overridden = new HashMap<>();

    /** Methods, by name and descriptor, that call nothing and may stay as they are. */
    Set<String> constants = Collections.emptySet();

    /** True when the class is the first of its line with the role: the field goes here. */
    boolean connectionField;

    boolean statementField;

    boolean resultField;

    /**
     * For a class made beside loaded ones: the class that would have been given the statement's
     * field; else null.
     */
    String statementLine;

    /** What to make of public methods that JDBC does not know and that may run SQL; or null. */
    Joinpoint further;

    /** Public setters of parameters that JDBC does not know are woven, too. */
    boolean furtherSetters;

    boolean isEmpty() {
      return wrapped.isEmpty() && statics.isEmpty() && overridden.isEmpty();
    }
  }

  private final Plan plan;
  private final Set<String> declared = new HashSet<>();
  private boolean hasBaseConnection;
  private String name;
  private String superName;

  ClassWeaver(ClassWriter writer, Plan plan) {
    super(Opcodes.ASM9, writer);
    this.plan = plan;
  }

  @Override
  public void visit(
      int version,
      int access,
      String name,
      String signature,
      String superName,
      String[] interfaces) {
    this.name = name;
    this.superName = superName;
    List<String> all = new ArrayList<>();
    for (String existing : interfaces) {
      all.add(existing);
    }
    String genericSignature = signature;
    if (plan.connectionField) {
      genericSignature = implement(all, HookedConnection.class, genericSignature);
    }
    if (plan.statementField) {
      genericSignature = implement(all, HookedStatement.class, genericSignature);
    }
    if (plan.resultField) {
      genericSignature = implement(all, HookedRows.class, genericSignature);
    }
    super.visit(version, access, name, genericSignature, superName, all.toArray(new String[0]));
  }

  private static String implement(List<String> interfaces, Class<?> added, String signature) {
    interfaces.add(Type.getInternalName(added));
    return signature == null ? null : signature + Type.getDescriptor(added);
  }

  /** A class file's fields come before its methods ({@code ClassReader.accept}). */
  @Override
  public FieldVisitor visitField(
      int access, String field, String descriptor, String signature, Object value) {
    hasBaseConnection |= Bodies.BASE_CONNECTION.equals(field + ' ' + descriptor);
    return super.visitField(access, field, descriptor, signature, value);
  }

  @Override
  public MethodVisitor visitMethod(
      int access, String method, String descriptor, String signature, String[] exceptions) {
    declared.add(method + descriptor);
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    String key = method + descriptor.substring(0, descriptor.indexOf(')') + 1);
    Joinpoint joinpoint = isStatic ? plan.statics.get(key) : plan.wrapped.get(key);
    if (joinpoint == null && !isStatic && mayRunSql(access, key, exceptions)) {
      joinpoint = plan.further;
    }
    if (joinpoint == null && plan.furtherSetters && isSetter(access, method, descriptor)) {
      joinpoint = Joinpoints.ofDriversSetter(key);
    }
    if (joinpoint == null
        || (joinpoint.needsConnectionField() && !hasBaseConnection)
        || (access & NOT_WOVEN) != 0
        || plan.constants.contains(method + descriptor)) {
      return super.visitMethod(access, method, descriptor, signature, exceptions);
    }
    String renamed = ORIGINAL + method;
    MethodVisitor body =
        super.visitMethod(
            access & ~Opcodes.ACC_SYNCHRONIZED, method, descriptor, signature, exceptions);
    int call = isStatic ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL;
    emit(body, isStatic, descriptor, joinpoint, call, name, renamed);
    int visible = Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED | Opcodes.ACC_PRIVATE;
    int originalAccess =
        (access & ~visible & ~Opcodes.ACC_FINAL) | Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;
    return super.visitMethod(originalAccess, renamed, descriptor, signature, exceptions);
  }

  /**
   * True for prepared statements whose setters do not all come from JDBC. Those of other drivers
   * do, and some call public ones of their own for each.
   */
  static boolean hasFurtherSetters(ClassFacts facts, String internalName) {
    return facts.roles.contains(Role.PREPARED_STATEMENT) && internalName.startsWith("com/mysql/");
  }

  /** True for a public setter of a parameter, by its look. */
  static boolean isSetter(int access, String method, String descriptor) {
    Type[] arguments = Type.getArgumentTypes(descriptor);
    return (access & Opcodes.ACC_PUBLIC) != 0
        && (access & Opcodes.ACC_STATIC) == 0
        && method.startsWith("set")
        && arguments.length > 1
        && arguments[0].getSort() == Type.INT
        && Type.getReturnType(descriptor).getSort() == Type.VOID;
  }

  /** True for what anybody may call and what declares exceptions, be they but a bare Exception. */
  static boolean mayRunSql(int access, String key, String[] exceptions) {
    return (access & Opcodes.ACC_PUBLIC) != 0
        && !key.startsWith("<")
        && !Joinpoints.isOfWrapper(key)
        && exceptions != null
        && exceptions.length > 0;
  }

  @Override
  public void visitEnd() {
    String line = plan.statementLine == null ? name : plan.statementLine;
    if (plan.statementField) {
      GeneratedKeys.emit(cv, line);
      EarlierResults.emit(cv, line);
    }
    for (Map.Entry<String, Joinpoint> inherited : plan.overridden.entrySet()) {
      String method = inherited.getKey();
      if (declared.contains(method)) {
        continue;
      }
      String descriptor = method.substring(method.indexOf('('));
      String methodName = method.substring(0, method.indexOf('('));
      MethodVisitor body =
          super.visitMethod(
              Opcodes.ACC_PUBLIC | Opcodes.ACC_SYNTHETIC,
              methodName,
              descriptor,
              null,
              new String[] {"java/sql/SQLException"});
      emit(
          body,
          false,
          descriptor,
          inherited.getValue(),
          Opcodes.INVOKESPECIAL,
          superName,
          methodName);
    }
    if (plan.connectionField) {
      field(Body.CONNECTION_HOOK);
    }
    if (plan.statementField) {
      field(Body.STATEMENT_HOOK);
      new DriverAccess(cv, line).emit();
    }
    if (plan.resultField) {
      field(Body.ROWS_HOOK);
    }
    super.visitEnd();
  }

  private void emit(
      MethodVisitor body,
      boolean isStatic,
      String descriptor,
      Joinpoint joinpoint,
      int call,
      String originalOwner,
      String originalName) {
    Runnable original =
        new Runnable() {
          @Override
          public void run() {
            body.visitMethodInsn(call, originalOwner, originalName, descriptor, false);
          }
        };
    new Bodies(body, name, isStatic, descriptor, original).emit(joinpoint);
  }

  private void field(String hookType) {
    String descriptor = "L" + hookType + ";";
    super.visitField(
            Opcodes.ACC_PUBLIC | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC,
            Bodies.HOOK_FIELD,
            descriptor,
            null,
            null)
        .visitEnd();
    int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SYNTHETIC;
    MethodVisitor getter =
        super.visitMethod(access, Bodies.HOOK_FIELD, "()" + descriptor, null, null);
    getter.visitCode();
    getter.visitVarInsn(Opcodes.ALOAD, 0);
    getter.visitFieldInsn(Opcodes.GETFIELD, name, Bodies.HOOK_FIELD, descriptor);
    getter.visitInsn(Opcodes.ARETURN);
    getter.visitMaxs(0, 0);
    getter.visitEnd();
    MethodVisitor setter =
        super.visitMethod(access, Bodies.HOOK_FIELD, "(" + descriptor + ")V", null, null);
    setter.visitCode();
    setter.visitVarInsn(Opcodes.ALOAD, 0);
    setter.visitVarInsn(Opcodes.ALOAD, 1);
    setter.visitFieldInsn(Opcodes.PUTFIELD, name, Bodies.HOOK_FIELD, descriptor);
    setter.visitInsn(Opcodes.RETURN);
    setter.visitMaxs(0, 0);
    setter.visitEnd();
  }
}
