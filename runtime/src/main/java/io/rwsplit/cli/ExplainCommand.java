package io.rwsplit.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Where a statement would go, and why. */
final class ExplainCommand extends Command {
  private static final Option TRANSACTION =
      Option.flag("--in-transaction", "as if it ran inside a transaction");
  private static final Option READ_ONLY =
      Option.flag("--read-only", "as if the session were read-only");
  private static final Option NO_AUTOCOMMIT =
      Option.flag("--no-autocommit", "as if the session were not in autocommit mode");
  private static final Option WRITTEN =
      Option.flag("--after-write", "as if the session had just written something");
  private static final int PARSER_MILLIS = 30_000;

  ExplainCommand() {
    super(
        "explain",
        "<SQL>",
        "says where a statement would go, and why",
        Options.client(TRANSACTION, READ_ONLY, NO_AUTOCOMMIT, WRITTEN, Options.GROUP));
  }

  @Override
  String[] about() {
    return new String[] {
      "Asks a running agent where it would send a statement now, with its reasons, and what it has"
          + " seen in the text. Nothing is run. Needs the token."
    };
  }

  @Override
  String example() {
    return "explain \"SELECT name FROM item WHERE id = 1\" --token-file token.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("sql", arguments.operands().get(0));
    body.put("autoCommit", !arguments.has(NO_AUTOCOMMIT));
    body.put("inTransaction", arguments.has(TRANSACTION));
    body.put("readOnly", arguments.has(READ_ONLY));
    body.put("writePending", arguments.has(WRITTEN));
    JsonView answer = AgentClient.of(arguments).post("/api/explain", body, PARSER_MILLIS);
    if (arguments.has(Options.JSON)) {
      console.line(answer.toString());
      return ExitCode.OK;
    }
    console.line("statement  " + answer.get("statement").text());
    console.line("session    " + answer.get("session").text());
    console.line("goes to    " + answer.get("route").text());
    for (JsonView reason : answer.get("reasons").list()) {
      console.line("           because: " + reason.text());
    }
    console.line("kind       " + answer.get("kind").text());
    String tables = answer.get("tables").joined();
    boolean complete = answer.get("tablesComplete").isTrue();
    console.line(
        "tables     " + (tables.isEmpty() ? "none" : tables) + (complete ? "" : ", perhaps more"));
    String functions = answer.get("functions").joined();
    if (!functions.isEmpty()) {
      console.line("functions  " + functions);
    }
    return ExitCode.OK;
  }
}
