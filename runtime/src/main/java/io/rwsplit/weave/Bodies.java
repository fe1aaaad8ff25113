package io.rwsplit.weave;

import net.bytebuddy.jar.asm.MethodVisitor;

/**
 * Emits the new bodies of woven methods. The original method lives on under another name (or, for a
 * generated override, in the superclass) and is called from the new body.
 */
final class Bodies {
  static final String HOOK_FIELD = "rwsplit$hook";

  /** Of pgjdbc's classes that send something past its statements: name and descriptor. */
  static final String BASE_CONNECTION = "connection Lorg/postgresql/core/BaseConnection;";

  private final MethodVisitor code;
  private final String owner;
  private final boolean isStatic;
  private final String descriptor;
  private final Runnable original;

  /**
   * @param owner internal name of the class being woven
   * @param original emits the call of the original, its receiver and arguments being on the stack
   */
  Bodies(MethodVisitor code, String owner, boolean isStatic, String descriptor, Runnable original) {
    this.code = code;
    this.owner = owner;
    this.isStatic = isStatic;
    this.descriptor = descriptor;
    this.original = original;
  }

  private StatementBody statement() {
    return new StatementBody(code, owner, isStatic, descriptor, original);
  }

  private ConnectionBody connection() {
    return new ConnectionBody(code, owner, isStatic, descriptor, original);
  }

  private FactoryBody factory() {
    return new FactoryBody(code, owner, isStatic, descriptor, original);
  }

  private RowsBody rows() {
    return new RowsBody(code, owner, descriptor, original);
  }

  /** Emits the whole body for a joinpoint. */
  void emit(Joinpoint joinpoint) {
    int constant = joinpoint.constant;
    code.visitCode();
    switch (joinpoint.shape) {
      case EXECUTE:
        statement().execute(constant);
        break;
      case CREATE:
        connection().create(constant);
        break;
      case CALL:
        connection().ownCall(constant);
        break;
      case CONNECTION_WARNINGS:
        connection().warnings(constant);
        break;
      case META_DATA_CALL:
        connection().metaDataCall(constant);
        break;
      case PAST_STATEMENTS:
        connection().callPastStatements(constant);
        break;
      case COPY_ENDED:
        connection().copyEnded(constant);
        break;
      case COPY_BEGUN:
        connection().copyBegun();
        break;
      case BEFORE:
        statement().before(constant);
        break;
      case SETTING:
        statement().setting(constant);
        break;
      case PARAMETER:
        statement().parameterSet(constant);
        break;
      case CLEAR_PARAMETERS:
        statement().parametersCleared();
        break;
      case RESULT_SET:
        statement().resultSet();
        break;
      case MORE_RESULTS:
        statement().moreResults();
        break;
      case UPDATE_COUNT:
        statement().updateCount();
        break;
      case WARNINGS:
        statement().warnings();
        break;
      case CONNECT:
        factory().connect();
        break;
      case DISTRIBUTED:
        factory().distributed();
        break;
      case FUNCTION:
        factory().function();
        break;
      case PROGRESS_HANDLER:
        factory().progressHandler();
        break;
      case RESTORE:
        factory().restore();
        break;
      case SESSION_RESET:
        factory().sessionReset();
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
        factory().stopping();
        break;
    }
    code.visitMaxs(0, 0);
    code.visitEnd();
  }
}
