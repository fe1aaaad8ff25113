package legacy.chaos;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * The methods that are not struck: nothing of rwsplit's stands between them and the application, so
 * what they throw before their first instruction reaches it, as a stack that ends there would. Each
 * is here for a reason; what they call is struck, also what their handlers call: after a fault that
 * is a second one.
 */
final class Guards {
  /** What woven code of drivers calls: it has no handler, their bodies are one. */
  private static final Set<String> ENTRIES =
      set(
          "created enterCall exitCall warnings enter redirected resultSet moreResults masterResult"
              + " before setting setPrimitive setObject setOpaque clearParameters exit failed");

  private static final Set<String> FACTORY_ENTRIES =
      set(
          "connecting target connected stopping connectFailed adopt distributing distributed"
              + " metaData functionCreated");

  /** Of connections that were open when the agent was attached. */
  private static final Set<String> LOADED_ENTRIES =
      set("statementCreated result statementEnded closed connecting connected notConnected");

  /** Methods of java.sql, which the application calls itself; what they throw is the driver's. */
  private static final Set<String> RESULT_ENTRIES =
      set(
          "next close getStatement getMetaData getWarnings clearWarnings unwrap isWrapperFor"
              // The bodies of close and next.
              + " end nextStreamed");

  /** What woven results of drivers call, which the application holds. */
  private static final Set<String> ROWS_ENTRIES =
      set("moving moved stuck closing closed statement warnings clearWarnings");

  /** Steps of a result's end, each one handler: there is no other around them. */
  private static final Set<String> RESULT_STEPS =
      set(
          "noteEnd over takeOver leaveBehind giveBack returned tidyFace completed"
              + " forgetFetchSizeQuietly overDirect letGoQuietly"
              // The bodies of closing and closed.
              + " isFirstToClose closeDirect ending ended endedAgain");

  /** {@code getResultSet}, {@code getMoreResults}, and the close of a statement at completion. */
  private static final Set<String> ASK_FOR_STATEMENT =
      set("opened openedInDoubt openAgain past resultClosed completes");

  /** What these ask of a replica's result, and {@code getWarnings}. */
  private static final Set<String> ASK_FOR_RESULT =
      set("open openAgain closeAgain state statementWarnings goPast");

  /** What connections do of which nothing can be followed. */
  private static final Set<String> LAST_STEPS = set("attach ran runs");

  private Guards() {}

  private static Set<String> set(String names) {
    return new HashSet<>(Arrays.asList(names.split(" ", -1)));
  }

  /**
   * True for a method that is struck, but not with a SQLException: it asks the driver something on
   * the application's behalf, and what the driver throws then is for the application. None of these
   * makes such an exception itself, nor calls what does ({@code ArchitectureTest}).
   *
   * @param type as {@code io/rwsplit/jdbc/Type}
   */
  static boolean asksDriver(String type, String method) {
    switch (type) {
      case "io/rwsplit/jdbc/StatementResults":
        return ASK_FOR_STATEMENT.contains(method);
      case "io/rwsplit/jdbc/ShownResultSet":
      case "io/rwsplit/jdbc/RedirectedResultSet":
        return ASK_FOR_RESULT.contains(method);
      default:
        return false;
    }
  }

  /**
   * True for a method that is not struck.
   *
   * @param type as {@code io/rwsplit/jdbc/Type}
   */
  static boolean has(String type, String method) {
    String name = type.substring("io/rwsplit/".length());
    if (name.startsWith("jdbc/")) {
      int inner = name.indexOf('$');
      return ofJdbc(inner < 0 ? name.substring(5) : name.substring(5, inner), method);
    }
    switch (name) {
      case "pool/Lease":
        // The one handler around giving a connection back: what fails in it parks it as broken.
        return method.equals("park");
      case "pool/Waiting":
        // Two stores, on the way of a result's rows.
        return method.equals("asks") || method.equals("answered");
      case "core/Groups":
      case "core/MasterConnections":
      case "core/ManagedGroup":
        // What handlers end with: one handler itself, and the fields that stop routing.
        return method.equals("fault") || method.equals("missed");
      default:
        return false;
    }
  }

  private static boolean ofJdbc(String type, String method) {
    switch (type) {
      case "RoutingContext":
        // What handlers end with; one handler itself.
        return method.equals("fault");
      case "MasterPass":
        // end: the body of exit and failed.
        return ENTRIES.contains(method) || method.equals("end");
      case "ManagedConnection":
        // requireMaster and refuse throw what the application must see: else a write would go to
        // a server that is no master. leave: the handler around the driver's own calls.
        return ENTRIES.contains(method)
            || method.equals("requireMaster")
            || method.equals("refuse")
            || method.equals("leave");
      case "ManagedStatement":
        return ENTRIES.contains(method) || isOfStatement(method);
      case "LeasedConnection":
        // One handler: it notes that the count is lost.
        return method.equals("finished");
      case "RedirectedResultSet":
        return RESULT_ENTRIES.contains(method)
            || ROWS_ENTRIES.contains(method)
            || RESULT_STEPS.contains(method);
      case "ShownResultSet":
        // hide: the last that takes a replica's rows from the driver's own object: nobody else
        // could.
        return method.equals("hide")
            || ROWS_ENTRIES.contains(method)
            || RESULT_STEPS.contains(method);
      case "ClosedRows":
        return ROWS_ENTRIES.contains(method);
      case "StatementResults":
        return ENTRIES.contains(method);
      case "StatementPasses":
        // over: the body of both.
        return ENTRIES.contains(method) || method.equals("over");
      case "SampledRows":
        // One handler, called with a value that is the application's.
        return method.equals("note");
      case "ObservedResultSet":
        // Getters of java.sql; atRow is one handler.
        return method.startsWith("get") || method.equals("atRow");
      case "DelegatingMetaData":
      case "DelegatingResultSet":
      case "EndedResult":
        // Methods of java.sql with one call of the driver's each.
        return true;
      case "Sneaky":
        // Throws what was to be thrown.
        return true;
      case "UnadoptedConnection":
      case "UnfollowedConnection":
      case "UnseenConnection":
      case "UnstartedConnection":
        // The last hooks there are: handlers, which leave the group without routing, and the bodies
        // of what they report.
        return ENTRIES.contains(method) || LAST_STEPS.contains(method);
      case "ManagedHooks":
        // unadopted and isClosed: what the handler of adopt ends with.
        return FACTORY_ENTRIES.contains(method)
            || method.equals("unadopted")
            || method.equals("isClosed");
      case "LoadedHooks":
        return ENTRIES.contains(method) || LOADED_ENTRIES.contains(method);
      case "MasterResults":
      case "MasterStatement":
      case "RecordedStatement":
      case "ReplicaFileConnection":
      case "ReplicaFileStatement":
      case "UnroutedConnection":
        return ENTRIES.contains(method);
      default:
        return false;
    }
  }

  private static boolean isOfStatement(String method) {
    switch (method) {
      case "onReplicaOrReason":
        // One handler, called by enter.
        return true;
      case "onMaster":
        // Throws what requireMaster does; the rest is one handler.
        return true;
      default:
        return false;
    }
  }
}
