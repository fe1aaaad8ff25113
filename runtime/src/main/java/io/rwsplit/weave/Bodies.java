package io.rwsplit.weave;

import io.rwsplit.bootstrap.ConnectionHook;
import io.rwsplit.bootstrap.HookFactory;
import io.rwsplit.bootstrap.Hooks;
import io.rwsplit.bootstrap.Pass;
import io.rwsplit.bootstrap.RowsHook;
import io.rwsplit.bootstrap.Setter;
import io.rwsplit.bootstrap.StatementHook;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Emits the new bodies of woven methods. The original method lives on under another name (or, for a
 * generated override, in the superclass) and is called from the new body.
 *
 * <p>Frames are written by hand, since letting the class writer compute them would load classes of
 * the driver while they are being defined. Locals beyond the arguments: H, the hook; R, what the
 * hook answered; V, the original's result; T, what it threw.
 */
final class Bodies {
  static final String HOOK_FIELD = "rwsplit$hook";

  /** Of pgjdbc's classes that send something past its statements: name and descriptor. */
  static final String BASE_CONNECTION = "connection Lorg/postgresql/core/BaseConnection;";

  static final String CONNECTION_HOOK = Type.getInternalName(ConnectionHook.class);
  static final String STATEMENT_HOOK = Type.getInternalName(StatementHook.class);
  static final String ROWS_HOOK = Type.getInternalName(RowsHook.class);
  private static final String FACTORY = Type.getInternalName(HookFactory.class);
  private static final String PASS = Type.getInternalName(Pass.class);
  private static final String OBJECT = "java/lang/Object";
  private static final String THROWABLE = "java/lang/Throwable";
  private static final String STRING = "java/lang/String";

  private final MethodVisitor code;
  private final String owner;
  private final boolean isStatic;
  private final Type[] arguments;
  private final Type returned;
  private final Runnable original;
  private final int hook;
  private final int next;

  /**
   * @param owner internal name of the class being woven
   * @param original emits the call of the original, its receiver and arguments being on the stack
   */
  Bodies(MethodVisitor code, String owner, boolean isStatic, String descriptor, Runnable original) {
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

  /** Emits the whole body for a joinpoint. */
  void emit(Joinpoint joinpoint) {
    code.visitCode();
    switch (joinpoint.shape) {
      case EXECUTE:
        execute(joinpoint.constant);
        break;
      case CREATE:
        create(joinpoint.constant);
        break;
      case CALL:
        loadField(CONNECTION_HOOK);
        call(joinpoint.constant);
        break;
      case CONNECTION_WARNINGS:
        loadField(CONNECTION_HOOK);
        connectionWarnings();
        call(joinpoint.constant);
        break;
      case META_DATA_CALL:
        factory();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        factoryCall("metaData", "(L" + OBJECT + ";)L" + CONNECTION_HOOK + ";");
        code.visitVarInsn(Opcodes.ASTORE, hook);
        call(joinpoint.constant);
        break;
      case PAST_STATEMENTS:
        factory();
        baseConnection();
        pastStatements(joinpoint.constant);
        break;
      case COPY_ENDED:
        factory();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        pastStatements(joinpoint.constant);
        break;
      case COPY_BEGUN:
        copyBegun();
        break;
      case BEFORE:
        before(joinpoint.constant);
        break;
      case SETTING:
      case PARAMETER:
      case CLEAR_PARAMETERS:
        after(joinpoint);
        break;
      case RESULT_SET:
        resultSet();
        break;
      case MORE_RESULTS:
      case UPDATE_COUNT:
      case WARNINGS:
        answer(joinpoint.shape);
        break;
      case CONNECT:
        connect();
        break;
      case DISTRIBUTED:
        distributed();
        break;
      case FUNCTION:
        function();
        break;
      case PROGRESS_HANDLER:
        said(HookFactory.PROGRESS_HANDLER, Opcodes.RETURN);
        break;
      case RESTORE:
        said(HookFactory.RESTORE, Opcodes.IRETURN);
        break;
      case ROWS_NEXT:
        rows().next();
        break;
      case ROWS_CLOSE:
        rows().close();
        break;
      case ROWS_STATEMENT:
        rows().statement();
        break;
      case ROWS_WARNINGS:
        rows().warnings();
        break;
      case ROWS_CLEAR_WARNINGS:
        rows().clearWarnings();
        break;
      case RESULT_CLOSE:
        throw new IllegalArgumentException("only of classes that are loaded: LoadedBodies");
      case STOPPING:
        factory();
        code.visitVarInsn(Opcodes.ALOAD, 0);
        factoryCall("stopping", "(L" + OBJECT + ";)V");
        callOriginal();
        code.visitInsn(Opcodes.RETURN);
        break;
    }
    code.visitMaxs(0, 0);
    code.visitEnd();
  }

  private RowsBodies rows() {
    return new RowsBodies(code, owner, returned, original);
  }

  private void execute(int kind) {
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

  private void create(int flags) {
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

  private void copyBegun() {
    callOriginal();
    code.visitVarInsn(Opcodes.ASTORE, hook);
    factory();
    baseConnection();
    code.visitVarInsn(Opcodes.ALOAD, hook);
    factoryCall("copyBegun", "(L" + OBJECT + ";L" + OBJECT + ";)V");
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitInsn(Opcodes.ARETURN);
  }

  private void baseConnection() {
    int space = BASE_CONNECTION.indexOf(' ');
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(
        Opcodes.GETFIELD,
        owner,
        BASE_CONNECTION.substring(0, space),
        BASE_CONNECTION.substring(space + 1));
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

  private void before(int constant) {
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

  private void after(Joinpoint joinpoint) {
    callOriginal();
    if (returned.getSort() != Type.VOID) {
      code.visitInsn(returned.getOpcode(Opcodes.IRETURN));
      return;
    }
    Label end = new Label();
    loadField(STATEMENT_HOOK);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    code.visitJumpInsn(Opcodes.IFNULL, end);
    code.visitVarInsn(Opcodes.ALOAD, hook);
    switch (joinpoint.shape) {
      case SETTING:
        push(joinpoint.constant);
        settingValue();
        hookCall("setting", "(IJ)V");
        break;
      case CLEAR_PARAMETERS:
        hookCall("clearParameters", "()V");
        break;
      default:
        parameter(joinpoint.constant);
    }
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

  private void resultSet() {
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

  private void answer(Joinpoint.Shape shape) {
    Label plain = new Label();
    whenRedirected(plain);
    if (shape == Joinpoint.Shape.UPDATE_COUNT) {
      code.visitInsn(Opcodes.ICONST_M1);
      if (returned.getSort() == Type.LONG) {
        code.visitInsn(Opcodes.I2L);
      }
    } else if (shape == Joinpoint.Shape.MORE_RESULTS) {
      code.visitVarInsn(Opcodes.ALOAD, hook);
      if (arguments.length == 0) {
        // java.sql.Statement.CLOSE_CURRENT_RESULT
        code.visitInsn(Opcodes.ICONST_1);
      } else {
        code.visitVarInsn(Opcodes.ILOAD, 1);
      }
      hookCall("moreResults", "(I)Z");
    } else {
      code.visitVarInsn(Opcodes.ALOAD, hook);
      hookCall("warnings", "()L" + OBJECT + ";");
      code.visitTypeInsn(Opcodes.CHECKCAST, returned.getInternalName());
    }
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

  private void connect() {
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

  private void distributed() {
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

  private void function() {
    callOriginal();
    factory();
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitVarInsn(Opcodes.ALOAD, 1);
    factoryCall("functionCreated", "(L" + OBJECT + ";L" + STRING + ";)V");
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

  private void factory() {
    code.visitMethodInsn(
        Opcodes.INVOKESTATIC,
        Type.getInternalName(Hooks.class),
        "factory",
        "()L" + FACTORY + ";",
        false);
  }

  private void factoryCall(String name, String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, FACTORY, name, descriptor, false);
  }

  private void hookCall(String name, String descriptor) {
    code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, STATEMENT_HOOK, name, descriptor, false);
  }

  private void loadField(String hookType) {
    code.visitVarInsn(Opcodes.ALOAD, 0);
    code.visitFieldInsn(Opcodes.GETFIELD, owner, HOOK_FIELD, "L" + hookType + ";");
    code.visitVarInsn(Opcodes.ASTORE, hook);
  }

  private void callOriginal() {
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

  private void push(int constant) {
    if (constant <= 5) {
      code.visitInsn(Opcodes.ICONST_0 + constant);
    } else {
      code.visitIntInsn(Opcodes.BIPUSH, constant);
    }
  }

  /** A full frame: receiver, arguments and {@code extras} as locals, {@code stack} or nothing. */
  private void frame(Object[] extras, String stack) {
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
