package io.rwsplit.cli;

import io.rwsplit.cli.direct.Drivers;
import io.rwsplit.cli.verify.Finding;
import io.rwsplit.cli.verify.Findings;
import io.rwsplit.cli.verify.Verification;
import io.rwsplit.config.ConfigInputs;
import io.rwsplit.json.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Looks at all that the agent will need. */
final class VerifyCommand extends Command {
  VerifyCommand() {
    super(
        "verify", "", "checks configuration, files and servers; changes nothing", Options.direct());
  }

  @Override
  String[] about() {
    return new String[] {
      "Looks at all that the agent will need, before it is put into the application: the"
          + " configuration (all faults at once), files, rights, room on the disk, the driver,"
          + " whether each database answers and has the role it is configured for, rights and"
          + " settings of servers, Patroni, and the agent's port. For each finding it says what to"
          + " do. Nothing is changed.",
      "Run it as the application's user, with the application's configuration and its driver. FAIL:"
          + " does not work; WARN: works, with less than could be. Exit code 1 when anything"
          + " fails."
    };
  }

  @Override
  String example() {
    return "verify --config rwsplit.properties --driver-path lib/sqlite-jdbc.jar";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    String file = arguments.get(Options.PASSWORD_FILE);
    Verification verification =
        new Verification(
            new Drivers(arguments.get(Options.DRIVER_PATH)),
            arguments.get(Options.USER),
            file == null ? null : AgentAddress.read(file));
    Findings findings = verification.run(ConfigInputs.ofProcess(arguments.get(Options.CONFIG)));
    if (arguments.has(Options.JSON)) {
      console.line(json(findings));
    } else {
      print(findings, console);
    }
    return findings.count(Finding.Level.FAIL) == 0 ? ExitCode.OK : ExitCode.FINDINGS;
  }

  private static void print(Findings findings, Console console) {
    int width = 0;
    for (Finding finding : findings.all()) {
      width = Math.max(width, finding.subject().length());
    }
    for (Finding finding : findings.all()) {
      StringBuilder head = new StringBuilder(String.format(Locale.ROOT, "%-4s", finding.level()));
      head.append("  ").append(finding.subject());
      while (head.length() < width + 8) {
        head.append(' ');
      }
      wrap(head.toString(), finding.message(), console);
      if (finding.remedy() != null) {
        wrap(blank(width + 8) + "-> ", finding.remedy(), console);
      }
    }
    console.line(
        findings.count(Finding.Level.OK)
            + " OK, "
            + findings.count(Finding.Level.WARN)
            + " WARN, "
            + findings.count(Finding.Level.FAIL)
            + " FAIL");
  }

  private static void wrap(String head, String text, Console console) {
    List<String> lines = Wrapped.lines(text, Math.max(20, console.width() - head.length()));
    for (int i = 0; i < lines.size(); i++) {
      console.line((i == 0 ? head : blank(head.length())) + lines.get(i));
    }
  }

  private static String blank(int length) {
    StringBuilder blank = new StringBuilder();
    while (blank.length() < length) {
      blank.append(' ');
    }
    return blank.toString();
  }

  private static String json(Findings findings) {
    List<Object> all = new ArrayList<>();
    for (Finding finding : findings.all()) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("level", finding.level().name());
      each.put("subject", finding.subject());
      each.put("message", finding.message());
      each.put("remedy", finding.remedy());
      all.add(each);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("ok", findings.count(Finding.Level.FAIL) == 0);
    root.put("findings", all);
    return JsonWriter.write(root);
  }
}
