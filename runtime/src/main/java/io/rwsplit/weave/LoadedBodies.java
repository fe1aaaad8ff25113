package io.rwsplit.weave;

import io.rwsplit.bootstrap.HookFactory;
import io.rwsplit.bootstrap.Hooks;
import io.rwsplit.bootstrap.Loaded;
import io.rwsplit.bootstrap.StatementHook;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Rewrites bodies of a class that is loaded already, and nothing else of it: methods tell where
 * they begin and end, and make objects of other classes than were written. A connect has its URL
 * replaced. No local variable is added, and no frame but of the handler at the end and where a
 * final method may return at once.
 */
final class LoadedBodies extends ClassVisitor {
  private static final String LOADED = Type.getInternalName(Loaded.class);
  private static final String FACTORY = Type.getInternalName(HookFactory.class);
  private static final String O = "Ljava/lang/Object;";
  private static final String S = "Ljava/lang/String;";
  private static final String T = "Ljava/lang/Throwable;";
  private static final String C = "Ljava/lang/reflect/Constructor;";
  private static final String K = "Ljava/lang/Class;";

  private final LoadedClass plan;
  private String owner;
  private boolean hasFrames;
  private boolean hasBaseConnection;

  LoadedBodies(ClassVisitor writer, LoadedClass plan) {
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
    owner = name;
    // The low half is the major version.
    hasFrames = (version & 0xFFFF) >= Opcodes.V1_6;
    super.visit(version, access, name, signature, superName, interfaces);
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
      int access, String name, String descriptor, String signature, String[] exceptions) {
    MethodVisitor body = super.visitMethod(access, name, descriptor, signature, exceptions);
    int without = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE;
    if ((access & without) != 0) {
      return body;
    }
    if (!plan.made.isEmpty()) {
      body = new Makers(body, plan);
    }
    boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
    boolean isFinal = (access & Opcodes.ACC_FINAL) != 0;
    Joinpoint joinpoint = plan.joinpoint(name, descriptor, isStatic, isFinal);
    boolean misses = joinpoint != null && joinpoint.needsConnectionField() && !hasBaseConnection;
    return joinpoint == null || misses ? body : new Telling(body, joinpoint, access, descriptor);
  }

  /** Makes objects of other classes; calls of a superclass's constructor stay as they are. */
  private static final class Makers extends MethodVisitor {
    private final Map<String, String> made;
    private final boolean byConstructors;
    private final boolean comparesClasses;
    private final Deque<String> begun = new ArrayDeque<>();

    Makers(MethodVisitor body, LoadedClass plan) {
      super(Opcodes.ASM9, body);
      this.made = plan.made;
      this.byConstructors = plan.byConstructors;
      this.comparesClasses = plan.family.comparesClasses;
    }

    @Override
    public void visitFieldInsn(int opcode, String of, String name, String descriptor) {
      super.visitFieldInsn(opcode, of, name, descriptor);
      if (byConstructors && opcode == Opcodes.GETSTATIC && descriptor.equals(C)) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, LOADED, "instead", "(" + C + ")" + C, false);
      }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
      String instead = opcode == Opcodes.NEW ? made.get(type) : null;
      if (instead != null) {
        begun.push(type);
      }
      super.visitTypeInsn(opcode, instead == null ? type : instead);
    }

    @Override
    public void visitMethodInsn(
        int opcode, String type, String name, String descriptor, boolean isInterface) {
      if (comparesClasses && name.equals("getClass") && descriptor.equals("()" + K)) {
        super.visitMethodInsn(Opcodes.INVOKESTATIC, LOADED, "classOf", "(" + O + ")" + K, false);
        return;
      }
      String called = type;
      if (opcode == Opcodes.INVOKESPECIAL && name.equals("<init>") && type.equals(begun.peek())) {
        begun.pop();
        called = made.get(type);
      }
      super.visitMethodInsn(opcode, called, name, descriptor, isInterface);
    }
  }

  /** Tells of a method's begin and end. */
  private final class Telling extends MethodVisitor {
    private final Joinpoint joinpoint;
    private final boolean isStatic;
    private final boolean isFinal;
    private final Type[] arguments;
    private final Type returned;
    private final Label start = new Label();

    Telling(MethodVisitor body, Joinpoint joinpoint, int access, String descriptor) {
      super(Opcodes.ASM9, body);
      this.joinpoint = joinpoint;
      this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
      this.isFinal = (access & Opcodes.ACC_FINAL) != 0;
      this.arguments = Type.getArgumentTypes(descriptor);
      this.returned = Type.getReturnType(descriptor);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      begin();
      mv.visitLabel(start);
      if (joinpoint.shape == Joinpoint.Shape.CONNECT) {
        connectArguments();
        tell("connectTarget", "(" + O + O + O + ")" + O);
        mv.visitTypeInsn(Opcodes.CHECKCAST, arguments[0].getInternalName());
        mv.visitVarInsn(Opcodes.ASTORE, isStatic ? 0 : 1);
      }
    }

    /** The driver or the class that connects, the URL, and the properties. */
    private void connectArguments() {
      int url = isStatic ? 0 : 1;
      if (isStatic) {
        mv.visitLdcInsn(Type.getObjectType(owner));
      } else {
        mv.visitVarInsn(Opcodes.ALOAD, 0);
      }
      mv.visitVarInsn(Opcodes.ALOAD, url);
      if (arguments.length > 1) {
        mv.visitVarInsn(Opcodes.ALOAD, url + 1);
      } else {
        mv.visitInsn(Opcodes.ACONST_NULL);
      }
    }

    private void begin() {
      switch (joinpoint.shape) {
        case CALL:
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          push(joinpoint.constant);
          argument();
          tell("callBegins", "(" + O + "I" + O + ")V");
          break;
        case PAST_STATEMENTS:
        case COPY_ENDED:
          origin();
          push(joinpoint.constant);
          tell("pastBegins", "(" + O + "I)V");
          break;
        case EXECUTE:
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          text();
          driversText();
          push(joinpoint.constant);
          if (isFinal) {
            tell("finalBegins", "(" + O + S + S + "I)" + O);
            returnAnswer();
          } else {
            tell("executionBegins", "(" + O + S + S + "I)V");
          }
          break;
        case UPDATE_COUNT:
          returnNoCount();
          break;
        case CONNECT:
          connectArguments();
          tell("connectBegins", "(" + O + O + O + ")V");
          break;
        case DISTRIBUTED:
          factory();
          mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FACTORY, "distributing", "()V", false);
          break;
        case BEFORE:
          if (isFinal) {
            mv.visitVarInsn(Opcodes.ALOAD, 0);
            tell("statementCloses", "(" + O + ")V");
          }
          break;
        default:
          break;
      }
    }

    /** What the method is to return in place of running, or null, is on the stack. */
    private void returnAnswer() {
      if (joinpoint.constant != StatementHook.QUERY
          && joinpoint.constant != StatementHook.EXECUTE) {
        mv.visitInsn(Opcodes.POP);
        return;
      }
      Label runs = new Label();
      mv.visitInsn(Opcodes.DUP);
      mv.visitJumpInsn(Opcodes.IFNULL, runs);
      if (returned.getSort() == Type.BOOLEAN) {
        mv.visitTypeInsn(Opcodes.CHECKCAST, "java/lang/Boolean");
        mv.visitMethodInsn(
            Opcodes.INVOKEVIRTUAL, "java/lang/Boolean", "booleanValue", "()Z", false);
      } else {
        mv.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
      }
      mv.visitInsn(returned.getOpcode(Opcodes.IRETURN));
      mv.visitLabel(runs);
      // The locals are those at the begin, from which the driver's own first frame goes on.
      frame(Opcodes.F_SAME1, "java/lang/Object");
      mv.visitInsn(Opcodes.POP);
    }

    /** Of an execution that ran on a replica. */
    private void returnNoCount() {
      Label runs = new Label();
      mv.visitVarInsn(Opcodes.ALOAD, 0);
      tell("isRedirected", "(" + O + ")Z");
      mv.visitJumpInsn(Opcodes.IFEQ, runs);
      mv.visitInsn(Opcodes.ICONST_M1);
      if (returned.getSort() == Type.LONG) {
        mv.visitInsn(Opcodes.I2L);
      }
      mv.visitInsn(returned.getOpcode(Opcodes.IRETURN));
      mv.visitLabel(runs);
      frame(Opcodes.F_SAME);
      // The driver's own first frame may not be at the same place.
      mv.visitInsn(Opcodes.NOP);
    }

    private void frame(int type, Object... stack) {
      if (hasFrames) {
        mv.visitFrame(type, 0, new Object[0], stack.length, stack);
      }
    }

    @Override
    public void visitInsn(int opcode) {
      if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
        end();
      }
      super.visitInsn(opcode);
    }

    /** What the method returns is on the stack, and stays there. */
    private void end() {
      switch (joinpoint.shape) {
        case CALL:
          mv.visitInsn(Opcodes.ACONST_NULL);
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          push(joinpoint.constant);
          tell("callEnded", "(" + T + O + "I)V");
          break;
        case PAST_STATEMENTS:
        case COPY_ENDED:
          mv.visitInsn(Opcodes.ACONST_NULL);
          origin();
          push(joinpoint.constant);
          tell("pastEnded", "(" + T + O + "I)V");
          break;
        case COPY_BEGUN:
          mv.visitInsn(Opcodes.DUP);
          origin();
          tell("copyBegun", "(" + O + O + ")V");
          break;
        case CREATE:
          mv.visitInsn(Opcodes.DUP);
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          text();
          push(joinpoint.constant);
          tell("created", "(" + O + O + S + "I)V");
          break;
        case EXECUTE:
          returnedValue();
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          tell(isFinal ? "finalEnded" : "executionEnded", "(" + O + O + ")V");
          break;
        case RESULT_SET:
          mv.visitInsn(Opcodes.DUP);
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          tell("resultAsked", "(" + O + O + ")V");
          break;
        case BEFORE:
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          tell(closed(), "(" + O + ")V");
          break;
        case RESULT_CLOSE:
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          tell("resultClosed", "(" + O + ")V");
          break;
        case CONNECT:
          mv.visitInsn(Opcodes.DUP);
          tell("connectEnded", "(" + O + ")V");
          break;
        case DISTRIBUTED:
          mv.visitInsn(Opcodes.DUP);
          distributed();
          break;
        case FUNCTION:
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          mv.visitVarInsn(Opcodes.ALOAD, 1);
          said();
          break;
        case PROGRESS_HANDLER:
        case RESTORE:
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          mv.visitLdcInsn(
              joinpoint.shape == Joinpoint.Shape.RESTORE
                  ? HookFactory.RESTORE
                  : HookFactory.PROGRESS_HANDLER);
          said();
          break;
        default:
          break;
      }
    }

    /** A connection or the like, and a name, are on the stack. */
    private void said() {
      // The factory must be below them.
      factory();
      mv.visitInsn(Opcodes.DUP_X2);
      mv.visitInsn(Opcodes.POP);
      mv.visitMethodInsn(
          Opcodes.INVOKEVIRTUAL, FACTORY, "functionCreated", "(" + O + S + ")V", false);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      if (tellsFailure()) {
        Label end = new Label();
        mv.visitLabel(end);
        // Last in the table: the driver's own handlers come first.
        mv.visitTryCatchBlock(start, end, end, "java/lang/Throwable");
        if (hasFrames) {
          Object[] locals = isStatic ? new Object[0] : new Object[] {owner};
          mv.visitFrame(
              Opcodes.F_FULL, locals.length, locals, 1, new Object[] {"java/lang/Throwable"});
        }
        failed();
        mv.visitInsn(Opcodes.ATHROW);
      }
      super.visitMaxs(maxStack, maxLocals);
    }

    private boolean tellsFailure() {
      switch (joinpoint.shape) {
        case CALL:
        case PAST_STATEMENTS:
        case COPY_ENDED:
        case EXECUTE:
        case BEFORE:
        case RESULT_CLOSE:
        case CONNECT:
        case DISTRIBUTED:
          return true;
        default:
          return false;
      }
    }

    /** What was thrown is on the stack, and stays there. */
    private void failed() {
      switch (joinpoint.shape) {
        case CALL:
          mv.visitInsn(Opcodes.DUP);
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          push(joinpoint.constant);
          tell("callEnded", "(" + T + O + "I)V");
          break;
        case PAST_STATEMENTS:
        case COPY_ENDED:
          mv.visitInsn(Opcodes.DUP);
          origin();
          push(joinpoint.constant);
          tell("pastEnded", "(" + T + O + "I)V");
          break;
        case EXECUTE:
          mv.visitInsn(Opcodes.DUP);
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          tell(isFinal ? "finalFailed" : "executionFailed", "(" + T + O + ")V");
          break;
        case BEFORE:
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          tell(closed(), "(" + O + ")V");
          break;
        case RESULT_CLOSE:
          mv.visitVarInsn(Opcodes.ALOAD, 0);
          tell("resultClosed", "(" + O + ")V");
          break;
        case DISTRIBUTED:
          mv.visitInsn(Opcodes.ACONST_NULL);
          distributed();
          break;
        default:
          tell("connectFailed", "()V");
      }
    }

    /** The connection in a field of pgjdbc's, or what was begun on one. */
    private void origin() {
      mv.visitVarInsn(Opcodes.ALOAD, 0);
      if (joinpoint.needsConnectionField()) {
        String field = Bodies.BASE_CONNECTION;
        int space = field.indexOf(' ');
        mv.visitFieldInsn(
            Opcodes.GETFIELD, owner, field.substring(0, space), field.substring(space + 1));
      }
    }

    private void returnedValue() {
      if (joinpoint.constant == StatementHook.QUERY) {
        mv.visitInsn(Opcodes.DUP);
      } else if (returned.getSort() == Type.BOOLEAN) {
        mv.visitInsn(Opcodes.DUP);
        mv.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false);
      } else {
        mv.visitInsn(Opcodes.ACONST_NULL);
      }
    }

    private void text() {
      if (arguments.length > 0 && arguments[0].getDescriptor().equals(S)) {
        mv.visitVarInsn(Opcodes.ALOAD, 1);
      } else {
        mv.visitInsn(Opcodes.ACONST_NULL);
      }
    }

    /** What the statement holds as its newest text, where that is in a field. */
    private void driversText() {
      if (plan.family.textOwner == null) {
        mv.visitInsn(Opcodes.ACONST_NULL);
      } else {
        mv.visitVarInsn(Opcodes.ALOAD, 0);
        mv.visitFieldInsn(Opcodes.GETFIELD, plan.family.textOwner, plan.family.text, S);
      }
    }

    private String closed() {
      return plan.family.closingCommits ? "statementClosed" : "statementForgotten";
    }

    /** An XA connection or null is on the stack. */
    private void distributed() {
      factory();
      mv.visitInsn(Opcodes.SWAP);
      mv.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FACTORY, "distributed", "(" + O + ")V", false);
    }

    private void factory() {
      mv.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          Type.getInternalName(Hooks.class),
          "factory",
          "()L" + FACTORY + ";",
          false);
    }

    private void argument() {
      int sort = arguments.length == 0 ? Type.VOID : arguments[0].getSort();
      if (sort == Type.BOOLEAN) {
        mv.visitVarInsn(Opcodes.ILOAD, 1);
        mv.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/lang/Boolean", "valueOf", "(Z)Ljava/lang/Boolean;", false);
      } else if (sort == Type.INT) {
        mv.visitVarInsn(Opcodes.ILOAD, 1);
        mv.visitMethodInsn(
            Opcodes.INVOKESTATIC, "java/lang/Integer", "valueOf", "(I)Ljava/lang/Integer;", false);
      } else if (sort == Type.OBJECT) {
        mv.visitVarInsn(Opcodes.ALOAD, 1);
      } else {
        mv.visitInsn(Opcodes.ACONST_NULL);
      }
    }

    private void push(int constant) {
      if (constant <= 5) {
        mv.visitInsn(Opcodes.ICONST_0 + constant);
      } else {
        mv.visitIntInsn(Opcodes.BIPUSH, constant);
      }
    }

    private void tell(String method, String descriptor) {
      mv.visitMethodInsn(Opcodes.INVOKESTATIC, LOADED, method, descriptor, false);
    }
  }
}
