package legacy.differential;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The connection that the random calls work with, what is open on it, and another such one. */
final class OpenObjects {
  private static final int MOST_RESULTS = 5;

  /** A statement and whether its newest execution was served by a replica. */
  static final class Handle {
    final Statement statement;
    boolean served;
    ResultSet result;

    /** It was told to execute something. */
    boolean ran;

    Handle(Statement statement) {
      this.statement = statement;
    }
  }

  private final String url;
  private final Random random;
  private final CallArguments arguments;
  private final Invocations calls;

  Connection connection;
  final List<Handle> statements = new ArrayList<>();
  final List<ResultSet> results = new ArrayList<>();

  /** The application's other connection, and what is open on it; null at first. */
  private Connection other;

  private List<Handle> otherStatements;
  private List<ResultSet> otherResults;

  OpenObjects(String url, Random random, CallArguments arguments, Invocations calls) {
    this.url = url;
    this.random = random;
    this.arguments = arguments;
    this.calls = calls;
  }

  /** Goes on with a new connection. */
  void connect() throws SQLException {
    connection = DriverManager.getConnection(url);
    calls.number(connection, "C");
    statements.clear();
    results.clear();
    arguments.savepoint = null;
    CallTables.think();
  }

  Handle statement() {
    return statements.get(random.nextInt(statements.size()));
  }

  /** What a call on the statement has returned may be a result. */
  void keep(Handle handle, Object returned) throws Exception {
    if (returned instanceof ResultSet) {
      handle.result = (ResultSet) returned;
      if (!calls.hasName(returned)) {
        calls.number(returned, "R");
      }
      results.add((ResultSet) returned);
      handle.served = CallCounts.isServed((ResultSet) returned);
      if (results.size() > MOST_RESULTS) {
        calls.invoke(results.remove(0), CallMethods.only(ResultSet.class, "close"));
      }
    }
  }

  /** Goes on with the other connection, and with what was open there. */
  void change() throws SQLException {
    Connection left = connection;
    List<Handle> leftStatements = new ArrayList<>(statements);
    List<ResultSet> leftResults = new ArrayList<>(results);
    if (other == null) {
      connect();
    } else {
      connection = other;
      statements.clear();
      statements.addAll(otherStatements);
      results.clear();
      results.addAll(otherResults);
      arguments.savepoint = null;
    }
    other = left;
    otherStatements = leftStatements;
    otherResults = leftResults;
    calls.failed = true;
  }

  /** Closes what is open, so that the coming write meets no result. */
  void calm() throws Exception {
    closeAll();
    if (other != null) {
      change();
      closeAll();
      change();
    }
  }

  private void closeAll() {
    for (ResultSet result : results) {
      calls.invoke(result, CallMethods.only(ResultSet.class, "close"));
    }
    results.clear();
    for (Handle handle : statements) {
      calls.invoke(handle.statement, CallMethods.only(Statement.class, "close"));
    }
    statements.clear();
  }

  /** Ends both connections. */
  void close() throws SQLException {
    connection.close();
    if (other != null) {
      other.close();
    }
  }
}
