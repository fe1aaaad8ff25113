package io.rwsplit.core;

import io.rwsplit.bootstrap.Hooks;
import io.rwsplit.config.ConfigInputs;
import io.rwsplit.config.ConfigResult;
import io.rwsplit.config.Configuration;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.http.HttpService;
import io.rwsplit.jdbc.ManagedHooks;
import io.rwsplit.log.Log;
import io.rwsplit.weave.DriverTransformer;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;

/**
 * Starts rwsplit inside the target JVM: reads the configuration and gets the transformer ready. All
 * else waits for the first connection to the master.
 */
public final class Launcher {
  /** Exit code when {@code rwsplit.strict} refuses to start. */
  private static final int REFUSED = 1;

  private Launcher() {}

  /**
   * Called by the agent, through reflection, in {@code premain}. A file is read later, when the
   * first class of a driver appears, unless the application may have to be refused.
   *
   * @param argument what follows {@code -javaagent:rwsplit.jar=}; may be null
   */
  public static void launch(Instrumentation instrumentation, String argument) {
    ConfigInputs inputs = ConfigInputs.ofProcess(argument);
    if (inputs.isSwitchedOff()) {
      return;
    }
    if (!inputs.file().isEmpty() && !inputs.isStrict()) {
      instrumentation.addTransformer(new LateConfiguration(inputs));
      return;
    }
    ClassFileTransformer transformer = configure(inputs);
    if (transformer != null) {
      instrumentation.addTransformer(transformer);
    }
  }

  /**
   * Reads the configuration, says what is wrong with it, and installs the hooks.
   *
   * @return what weaves the drivers; null when nothing is to be woven
   */
  static ClassFileTransformer configure(ConfigInputs inputs) {
    ConfigResult config = inputs.read();
    String report = config.report();
    if (!report.isEmpty()) {
      System.err.print(report);
    }
    if (config.refusesStart()) {
      System.exit(REFUSED);
    }
    if (config.state() != ConfigResult.State.CONFIGURED) {
      return null;
    }
    Configuration configuration = config.configuration();
    Log.setLevel(configuration.jvm().logLevel());
    for (Settings group : configuration.groups()) {
      group.conceal();
    }
    Groups groups = new Groups(configuration.groups());
    if (!inputs.file().isEmpty()) {
      groups.reloadedBy(new Reload(inputs, configuration, groups, inputs.fileText()));
    }
    Hooks.install(new ManagedHooks(groups));
    if (configuration.jvm().http() != null) {
      HttpService.start(configuration.jvm().http(), new DaemonThreads("http"));
    }
    return new DriverTransformer(classPrefixes(configuration.groups()), groups);
  }

  private static List<String> classPrefixes(List<Settings> groups) {
    List<String> prefixes = new ArrayList<>();
    for (Engine each : Engine.values()) {
      if (isUsed(each, groups)) {
        for (String prefix : each.classPrefixes()) {
          prefixes.add(prefix);
        }
      }
    }
    return prefixes;
  }

  private static boolean isUsed(Engine engine, List<Settings> groups) {
    for (Settings group : groups) {
      if (engine.sharesProtocolWith(group.engine())) {
        return true;
      }
    }
    return false;
  }
}
