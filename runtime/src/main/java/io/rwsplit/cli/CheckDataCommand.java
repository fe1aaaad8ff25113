package io.rwsplit.cli;

import io.rwsplit.cli.data.DataCheck;
import io.rwsplit.cli.data.Pace;
import io.rwsplit.cli.data.ReplicaReport;
import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Drivers;
import io.rwsplit.cli.direct.Node;
import io.rwsplit.config.ConfigInputs;
import io.rwsplit.config.ConfigResult;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Compares what replicas hold with what their master holds. */
final class CheckDataCommand extends Command {
  private static final Option REPLICA =
      Option.of("--replica", "NAME", "only this one, as replica1; by default all");
  private static final Option SHOW_VALUES =
      Option.flag("--show-values", "shows values that differ; without it, only keys and columns");
  private static final Option REPAIR =
      Option.flag(
          "--repair",
          "SQLite: lets the running agent write what differs, and compares again; needs --url and"
              + " the token");
  private static final Option SETTLE =
      Option.of(
          "--settle",
          "SECONDS",
          "how long a difference must last to count, but on SQLite's replicas that the agent feeds;"
              + " by default 3 where positions are not known, else 0");
  private static final Option PATIENCE =
      Option.of(
          "--patience",
          "SECONDS",
          "how long a replica may need to be where the master was; 60 by default");
  private static final Option ROWS =
      Option.of("--rows", "N", "rows that are compared at a time; 1000 by default");

  CheckDataCommand() {
    super(
        "check-data",
        "",
        "compares what replicas hold with what the master holds",
        Options.direct(
            REPLICA,
            SHOW_VALUES,
            REPAIR,
            SETTLE,
            PATIENCE,
            ROWS,
            Options.GROUP,
            Options.URL,
            Options.TOKEN_FILE));
  }

  @Override
  String[] about() {
    return new String[] {
      "Opens master and replicas itself and compares schema, counts and checksums of all tables,"
          + " range by range of their primary keys. Writers may go on. On SQLite each range is read"
          + " at one commit that both show. On servers, where a range differs, it lets the replica"
          + " get to where the master was, and reads both again; a row counts as different when"
          + " that happened three times while the master did not change it. Tables without a"
          + " primary key are compared as a whole. Nothing is written.",
      "On SQLite, PostgreSQL, MariaDB and MySQL. Exit code 1 when anything differs, 3 when a"
          + " database could not be read to the end."
    };
  }

  @Override
  String example() {
    return "check-data --config rwsplit.properties --driver-path lib/postgresql.jar --user app"
        + " --password-file password.txt";
  }

  @Override
  int run(Arguments arguments, Console console) throws CliFault {
    Databases databases = databases(arguments);
    boolean sqlite = databases.engine() == Engine.SQLITE;
    if (arguments.has(REPAIR) && !sqlite) {
      throw CliFault.usage("--repair is for SQLite; servers replicate by themselves");
    }
    AgentClient agent = arguments.has(REPAIR) ? AgentClient.of(arguments) : null;
    Pace pace =
        new Pace(
            arguments.number(ROWS, 1000, 1, 100_000),
            arguments.has(SETTLE)
                ? TimeUnit.SECONDS.toNanos(arguments.number(SETTLE, 0, 0, 3600))
                : Pace.SETTLE_BY_POSITION,
            TimeUnit.SECONDS.toNanos(arguments.number(PATIENCE, 60, 1, 86_400)));
    DataCheck check = new DataCheck(databases, pace, arguments.has(SHOW_VALUES));
    List<ReplicaReport> reports = new ArrayList<>();
    for (Node replica : replicas(databases, arguments.get(REPLICA))) {
      ReplicaReport report = check.run(replica, new ProgressBar(console));
      console.progress(null);
      if (agent != null && report.total() > 0) {
        reports.add(report);
        Repair.run(agent, replica.name());
        report = check.run(replica, new ProgressBar(console));
        console.progress(null);
      }
      reports.add(report);
    }
    if (arguments.has(Options.JSON)) {
      console.line(DataView.json(reports));
    } else {
      DataView.print(reports, console);
    }
    return DataView.exitCode(reports);
  }

  private static List<Node> replicas(Databases databases, String name) throws CliFault {
    List<Node> replicas = databases.nodes().subList(1, databases.nodes().size());
    if (name == null) {
      return replicas;
    }
    for (Node each : replicas) {
      if (each.name().equals(name)) {
        return replicas.subList(replicas.indexOf(each), replicas.indexOf(each) + 1);
      }
    }
    throw CliFault.usage("there is no replica " + name + "; there are " + replicas);
  }

  private static Databases databases(Arguments arguments) throws CliFault {
    ConfigResult config = ConfigInputs.ofProcess(arguments.get(Options.CONFIG)).read();
    if (config.state() != ConfigResult.State.CONFIGURED) {
      throw CliFault.usage(
          config.faults().isEmpty()
              ? "rwsplit.master and rwsplit.replicas are to be configured: -D, environment, --config"
              : "the configuration is faulty: see what `verify` says of it");
    }
    Settings settings = group(config.configuration().groups(), arguments.get(Options.GROUP));
    if (!DataCheck.knows(settings.engine())) {
      throw CliFault.usage("the data of " + settings.engine() + " cannot be compared");
    }
    if (settings.replicas().isEmpty()) {
      throw CliFault.usage("replicas that only Patroni names are to be listed in rwsplit.replicas");
    }
    Driver driver = new Drivers(arguments.get(Options.DRIVER_PATH)).find(settings.engine());
    if (driver == null) {
      throw CliFault.usage("no driver for " + settings.engine() + ": give --driver-path");
    }
    String file = arguments.get(Options.PASSWORD_FILE);
    return new Databases(
        settings,
        driver,
        arguments.get(Options.USER),
        file == null ? null : AgentAddress.read(file));
  }

  private static Settings group(List<Settings> groups, String name) throws CliFault {
    List<String> names = new ArrayList<>();
    for (Settings each : groups) {
      if (name == null ? groups.size() == 1 : each.group().equals(name)) {
        return each;
      }
      names.add(each.group());
    }
    throw CliFault.usage("say which group by --group; there are " + String.join(", ", names));
  }
}
