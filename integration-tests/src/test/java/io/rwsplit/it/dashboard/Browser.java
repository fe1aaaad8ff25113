package io.rwsplit.it.dashboard;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A headless Chromium with a profile of its own. */
final class Browser implements AutoCloseable {
  private static final String[] PROGRAMS = {"chromium", "chromium-browser", "google-chrome"};
  private static final String LISTENING = "DevTools listening on ";

  private final Process process;
  private final DevTools tools;

  private Browser(Process process, String url) throws Exception {
    this.process = process;
    this.tools = new DevTools(url);
  }

  /** Starts it; fails where there is none: the tests of it are run only when they are asked for. */
  static Browser start(Path profile) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(program());
    command.addAll(
        List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-extensions",
            "--disable-sync",
            "--no-first-run",
            "--no-default-browser-check",
            "--remote-debugging-port=0",
            "--user-data-dir=" + profile,
            "about:blank"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      return new Browser(process, url(process));
    } catch (Exception | Error e) {
      end(process);
      throw e;
    }
  }

  private static String program() {
    for (String name : PROGRAMS) {
      for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
        File file = new File(directory, name);
        if (file.canExecute()) {
          return file.getPath();
        }
      }
    }
    throw new AssertionError("there is no Chromium: install Debian's package chromium");
  }

  private static String url(Process process) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder said = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      said.append(line).append('\n');
      if (line.startsWith(LISTENING)) {
        Thread rest = new Thread(() -> lines.lines().forEach(unused -> {}), "chromium-output");
        rest.setDaemon(true);
        rest.start();
        return line.substring(LISTENING.length()).trim();
      }
    }
    throw new AssertionError("Chromium has ended:\n" + said);
  }

  /** A new page, which shows nothing yet. */
  Page page() throws Exception {
    String target =
        tools.ask(null, "Target.createTarget", "url", "about:blank").get("targetId").asText();
    String session =
        tools
            .ask(null, "Target.attachToTarget", "targetId", target, "flatten", true)
            .get("sessionId")
            .asText();
    return new Page(tools, session);
  }

  @Override
  public void close() {
    tools.close();
    end(process);
  }

  /** They write into the profile, which is deleted next: all must be over. */
  private static void end(Process process) {
    List<ProcessHandle> all = new ArrayList<>();
    process.descendants().forEach(all::add);
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : all) {
      ProcessHandle unused = each.onExit().orTimeout(120, TimeUnit.SECONDS).join();
    }
  }
}
