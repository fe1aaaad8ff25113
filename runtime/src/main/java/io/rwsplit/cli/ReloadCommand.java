package io.rwsplit.cli;

import java.util.Collections;

/** Has the configuration file read again. */
final class ReloadCommand extends Command {
  private static final int MILLIS = 60_000;

  ReloadCommand() {
    super("reload", "", "has the configuration file read again", Options.client());
  }

  @Override
  String[] about() {
    return new String[] {
      "Lets the agent read its configuration file at once instead of at its next look, and says what"
          + " holds from now on, what needs a restart of the application, and what is wrong. A file"
          + " with faults changes nothing. Exit code 1 when not all of the file holds now, or a name"
          + " in it is not known. Needs the token."
    };
  }

  @Override
  String example() {
    return "reload --token-file token.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    JsonView answer =
        AgentClient.of(arguments)
            .post("/api/reload", Collections.<String, Object>emptyMap(), MILLIS);
    boolean whole = answer.get("done").isTrue() && answer.get("warnings").list().isEmpty();
    for (JsonView each : answer.get("changes").list()) {
      whole &= "applied".equals(each.get("result").text());
    }
    if (arguments.has(Options.JSON)) {
      console.line(answer.toString());
    } else {
      print(answer, console);
    }
    return whole ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private static void print(JsonView answer, Console console) {
    console.line(answer.get("file").text() + ": " + answer.get("summary").text() + ".");
    for (JsonView each : answer.get("changes").list()) {
      String group = each.get("group").text();
      line(
          each.get("result").text(),
          (group == null || group.isEmpty() ? "" : "group " + group + ": ")
              + each.get("text").text(),
          console);
    }
    for (JsonView each : answer.get("faults").list()) {
      line("fault", each.get("text").text(), console);
    }
    for (JsonView each : answer.get("warnings").list()) {
      line("warning", each.get("text").text(), console);
    }
  }

  /** Wrapped, since what is allowed stands at the end. */
  private static void line(String head, String text, Console console) {
    String margin = "           ";
    String first = "  " + head;
    StringBuilder padded = new StringBuilder(first);
    while (padded.length() < margin.length()) {
      padded.append(' ');
    }
    boolean begins = true;
    for (String line : Wrapped.lines(text, console.width() - margin.length())) {
      console.line((begins ? padded.toString() : margin) + line);
      begins = false;
    }
  }
}
