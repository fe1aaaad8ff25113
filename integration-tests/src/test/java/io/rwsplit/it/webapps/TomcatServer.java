package io.rwsplit.it.webapps;

import io.rwsplit.it.ForkedJvm;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import legacy.webapps.Container;

/**
 * Apache Tomcat as it is distributed, with a base directory of its own; web applications that are
 * put into it are deployed while it runs. Closing it kills it.
 */
final class TomcatServer implements AutoCloseable {
  private static final Pattern STARTED =
      Pattern.compile(".*ProtocolHandler \\[\"http-nio-.*auto-\\d+-(\\d+)\"].*");
  private static final int SECONDS = 180;

  private final Path home;
  private final Path base;
  private ForkedJvm jvm;
  private int port;

  /**
   * @param version as in {@code 10.1.59}
   * @param base a directory for this server alone; made here
   */
  TomcatServer(String version, Path base) throws IOException {
    this.home =
        Path.of(System.getProperty("rwsplit.it.containers"), "apache-tomcat-" + version)
            .toAbsolutePath();
    this.base = base;
    for (String directory : List.of("conf", "webapps", "work", "temp", "logs", "lib")) {
      Files.createDirectories(base.resolve(directory));
    }
    Files.copy(home.resolve("conf/web.xml"), base.resolve("conf/web.xml"));
    Files.writeString(
        base.resolve("conf/server.xml"),
        "<Server port='-1'>"
            + "<Listener className='org.apache.catalina.core.JreMemoryLeakPreventionListener'/>"
            + "<Listener className='org.apache.catalina.core.ThreadLocalLeakPreventionListener'/>"
            + "<Service name='Catalina'><Connector port='0' address='127.0.0.1'/>"
            + "<Engine name='Catalina' defaultHost='localhost' backgroundProcessorDelay='1'>"
            + "<Host name='localhost' appBase='webapps' unpackWARs='true' autoDeploy='true'/>"
            + "</Engine></Service></Server>");
    Files.copy(home.resolve("conf/catalina.properties"), base.resolve("conf/catalina.properties"));
  }

  /** Puts a library where all web applications find it. */
  void addLibrary(Path jar) throws IOException {
    Files.copy(jar, base.resolve("lib").resolve(jar.getFileName()));
  }

  /** The jars a servlet is compiled against. */
  Path servletApi() {
    return home.resolve("lib/servlet-api.jar");
  }

  /** Starts it and waits for its port. */
  void start(ForkedJvm.Builder builder) throws IOException, InterruptedException {
    String classPath =
        String.join(
            File.pathSeparator,
            home.resolve("bin/bootstrap.jar").toString(),
            home.resolve("bin/tomcat-juli.jar").toString(),
            Container.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    jvm =
        builder
            .property("catalina.home", home.toString())
            .property("catalina.base", base.toString())
            .property("java.io.tmpdir", base.resolve("temp").toString())
            .property("java.util.logging.manager", "java.util.logging.LogManager")
            // The JDK's own caches hold classes softly, for a minute and more in an idle JVM.
            .option("-XX:SoftRefLRUPolicyMSPerMB=0")
            .main(
                classPath,
                Container.class.getName(),
                "org.apache.catalina.startup.Bootstrap",
                "start")
            .start();
    String line = jvm.awaitErr(each -> STARTED.matcher(each).matches(), SECONDS);
    Matcher matcher = STARTED.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError(line);
    }
    port = Integer.parseInt(matcher.group(1));
  }

  ForkedJvm jvm() {
    return jvm;
  }

  /** Deploys a web application, or a new version of one in its place; does not wait. */
  void deploy(String name, Path war) throws IOException {
    Path target = base.resolve("webapps").resolve(name + ".war");
    Path beside = base.resolve("temp").resolve(name + ".war");
    Files.copy(war, beside);
    Files.move(
        beside,
        target,
        java.nio.file.StandardCopyOption.REPLACE_EXISTING,
        java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** Undeploys a web application; does not wait. */
  void undeploy(String name) throws IOException {
    Files.delete(base.resolve("webapps").resolve(name + ".war"));
  }

  /** Waits until this generation of a web application answers. */
  void await(String name, int generation) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    List<String> wanted = List.of(String.valueOf(generation));
    while (!wanted.equals(ask("/" + name + "/desk?what=generation"))) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(name + " " + generation + " is not there\n" + jvm.transcript());
      }
      Thread.sleep(50);
    }
  }

  /** Lines that a web application answers, once it is there. */
  List<String> get(String path) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      List<String> answer = ask(path);
      if (answer != null) {
        return answer;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(path + " is not there\n" + jvm.transcript());
      }
      Thread.sleep(50);
    }
  }

  /** Null for an answer other than 200. */
  List<String> ask(String path) throws IOException {
    URL url = URI.create("http://127.0.0.1:" + port + path).toURL();
    HttpURLConnection connection = (HttpURLConnection) url.openConnection();
    connection.setConnectTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
    connection.setReadTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
    connection.setUseCaches(false);
    if (connection.getResponseCode() != 200) {
      return null;
    }
    String text = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new ArrayList<>(text.lines().toList());
  }

  /** Ends it as {@code kill} does, with its shutdown hooks; waits. */
  int stop() throws InterruptedException {
    // Process.destroy() would close its outputs as well.
    if (!jvm.process().toHandle().destroy()) {
      throw new AssertionError("not to be ended\n" + jvm.transcript());
    }
    return jvm.exitCode(SECONDS);
  }

  @Override
  public void close() {
    if (jvm != null) {
      jvm.close();
    }
  }
}
