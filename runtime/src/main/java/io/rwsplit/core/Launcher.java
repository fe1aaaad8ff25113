package io.rwsplit.core;

import io.rwsplit.bootstrap.Hooks;
import io.rwsplit.config.ConfigInputs;
import io.rwsplit.config.ConfigResult;
import io.rwsplit.config.Configuration;
import io.rwsplit.config.Settings;
import io.rwsplit.engine.Engine;
import io.rwsplit.http.HttpService;
import io.rwsplit.jdbc.ManagedHooks;
import io.rwsplit.jfr.FlightEvents;
import io.rwsplit.log.Log;
import io.rwsplit.operations.LoadedBefore;
import io.rwsplit.weave.DriverTransformer;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.slf4j.LoggerFactory;

/**
 * Starts rwsplit inside the target JVM: reads the configuration and gets the transformer ready. All
 * else waits for the first connection to the master.
 */
public final class Launcher {
  /** Exit code when {@code rwsplit.strict} refuses to start. */
  private static final int REFUSED = 1;

  private Launcher() {}

  /**
   * Called by the agent, through reflection, before any class of a driver is loaded.
   *
   * @param argument what follows {@code -javaagent:rwsplit.jar=}; may be null
   * @param properties the system properties as they were at the start
   * @return what weaves the drivers; null when nothing is to be woven
   */
  public static ClassFileTransformer launch(
      Instrumentation instrumentation, String argument, Properties properties) {
    ConfigInputs inputs = ConfigInputs.ofProcess(argument, properties);
    if (inputs.isSwitchedOff()) {
      return null;
    }
    DriverTransformer transformer = configure(inputs);
    if (transformer != null) {
      notice(transformer, instrumentation);
    }
    return transformer;
  }

  /**
   * The same in a JVM that runs already, called in {@code agentmain}: drivers may be in use, so
   * that nothing is left for later.
   *
   * @param argument the path of a file with settings; may be null
   */
  public static void attach(Instrumentation instrumentation, String argument) {
    ConfigInputs inputs = ConfigInputs.ofProcess(argument);
    if (inputs.isSwitchedOff()) {
      return;
    }
    Attachment attachment = new Attachment(instrumentation);
    DriverTransformer transformer = configure(inputs, attachment);
    if (transformer != null) {
      instrumentation.addTransformer(transformer);
      Class<?>[] loaded = instrumentation.getAllLoadedClasses();
      List<Class<?>> connections = transformer.notice(loaded);
      attachment.begin(connections, transformer.connecting(loaded));
    }
  }

  /** As below, for a JVM that is about to start. */
  static DriverTransformer configure(ConfigInputs inputs) {
    return configure(inputs, null);
  }

  /**
   * Reads the configuration, says what is wrong with it, and installs the hooks.
   *
   * @param attachment null for a JVM that is about to start
   * @return what weaves the drivers; null when nothing is to be woven
   */
  private static DriverTransformer configure(ConfigInputs inputs, Attachment attachment) {
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
    groups.alertedBy(configuration.jvm());
    if (!inputs.file().isEmpty()) {
      groups.reloadedBy(new Reload(inputs, configuration, groups, inputs.fileText()).offered());
    }
    ManagedHooks hooks = new ManagedHooks(groups);
    Hooks.install(hooks);
    if (attachment != null) {
      attachment.follow(groups, hooks);
    }
    if (configuration.jvm().jfr()) {
      // Some hundred classes, which the application need not wait for.
      Runnable start =
          new Runnable() {
            @Override
            public void run() {
              FlightEvents.start();
            }
          };
      new DaemonThreads("jfr").newThread(start).start();
    }
    if (configuration.jvm().jmx()) {
      Operations.showByJmx();
    }
    if (configuration.jvm().http() != null) {
      FlightEvents.keep();
      HttpService.start(configuration.jvm().http(), new DaemonThreads("http"));
    }
    return new DriverTransformer(classPrefixes(configuration.groups()), groups);
  }

  /** Once the JVM asks the transformer: what came before it is left alone, and that is said. */
  static void notice(DriverTransformer transformer, Instrumentation instrumentation) {
    leave(transformer.notice(instrumentation.getAllLoadedClasses()));
  }

  /** Says that drivers are left alone. */
  static void leave(List<Class<?>> unwoven) {
    if (unwoven.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (Class<?> each : unwoven) {
      names.add(each.getName());
      LoadedBefore.is(each.getName(), LoadedBefore.State.LEFT_ALONE);
    }
    LoggerFactory.getLogger(Launcher.class)
        .warn(
            "{} was loaded before the agent: its connections, new ones too, stay as without the"
                + " agent. Start the JVM with -javaagent; if it is, its AOT cache was recorded with"
                + " the agent: record it without",
            names);
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
