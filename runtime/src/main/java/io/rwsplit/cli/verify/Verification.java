package io.rwsplit.cli.verify;

import io.rwsplit.cli.direct.Databases;
import io.rwsplit.cli.direct.Drivers;
import io.rwsplit.config.ConfigInputs;
import io.rwsplit.config.ConfigResult;
import io.rwsplit.config.Fault;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import java.sql.Driver;

/** Looks at all that the agent will need, and changes nothing. Used by one thread. */
public final class Verification {
  private final Findings findings = new Findings();
  private final Drivers drivers;
  private final String user;
  private final String password;

  /**
   * @param user null where the URLs have it
   * @param password null where the URLs have it
   */
  public Verification(Drivers drivers, String user, String password) {
    this.drivers = drivers;
    this.user = user;
    this.password = password;
  }

  /** Looks at everything. */
  public Findings run(ConfigInputs inputs) {
    ConfigResult config = inputs.read();
    configuration(config);
    for (String path : drivers.missing()) {
      findings.fail("driver", path + " does not exist", "correct --driver-path");
    }
    if (config.state() != ConfigResult.State.CONFIGURED) {
      return findings;
    }
    for (Settings group : config.configuration().groups()) {
      findings.group(group.group());
      group(group);
    }
    findings.group("");
    if (config.configuration().jvm().http() != null) {
      new ServerPort(findings).check(config.configuration().jvm().http());
    }
    return findings;
  }

  private void configuration(ConfigResult config) {
    for (Fault fault : config.faults()) {
      String value = fault.value() == null ? "" : " = \"" + fault.value() + '"';
      findings.fail(
          "configuration",
          fault.name() + value + " " + fault.problem(),
          fault.allowed() == null ? null : "allowed: " + fault.allowed());
    }
    for (Fault warning : config.warnings()) {
      String value = warning.value() == null ? "" : " = \"" + warning.value() + '"';
      findings.warn(
          "configuration",
          warning.name() + value + " " + warning.problem(),
          warning.allowed() == null ? "correct or remove it" : "allowed: " + warning.allowed());
    }
    switch (config.state()) {
      case CONFIGURED:
        int groups = config.configuration().groups().size();
        findings.ok("configuration", groups == 1 ? "no faults" : groups + " groups, no faults");
        for (Settings group : config.configuration().groups()) {
          for (String contradiction : group.contradictions()) {
            findings.warn("configuration", contradiction, "give it once");
          }
        }
        break;
      case ABSENT:
        findings.fail(
            "configuration",
            "there is none: the agent would do nothing",
            "set rwsplit.master and rwsplit.replicas, by -D, the environment or --config");
        break;
      case DISABLED:
        findings.fail(
            "configuration",
            "rwsplit.enabled is false: the agent would do nothing",
            "remove rwsplit.enabled, or set it to true");
        break;
      default:
        break;
    }
  }

  private void group(Settings settings) {
    Engine engine = settings.engine();
    if (engine == Engine.SQLITE) {
      new SqliteFiles(findings, settings).check();
    }
    if (settings.asksPatroni()) {
      new PatroniRest(findings).check(settings);
    }
    Driver driver = drivers.find(engine);
    if (driver == null) {
      findings.fail(
          "driver",
          drivers.jars() == 0
              ? "there is none for " + settings.master().withoutSecrets()
              : "none of the "
                  + drivers.jars()
                  + " jars of --driver-path has one for "
                  + settings.master().withoutSecrets(),
          "name the application's driver jar by --driver-path; without it no database is asked");
      return;
    }
    findings.ok(
        "driver",
        driver.getClass().getName()
            + " "
            + driver.getMajorVersion()
            + "."
            + driver.getMinorVersion());
    Databases databases = new Databases(settings, driver, user, password);
    if (engine == Engine.POSTGRESQL) {
      new PostgresServers(findings, databases).check();
    } else if (engine.isMySqlFamily()) {
      new MysqlServers(findings, databases).check();
    } else {
      new Openings(findings, databases).check();
    }
  }
}
