package io.rwsplit.it.webapps;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Builds the war of the servlet in {@code webapp/Desk.java.txt}. Not thread-safe. */
final class War {
  private final Path directory;
  private final Path classes;
  private final List<Path> libraries = new ArrayList<>();
  private String parameters = "";
  private String context = "";

  /**
   * @param directory for the results
   * @param servletApi the container's jar
   * @param namespace {@code javax} or {@code jakarta}
   */
  War(Path directory, Path servletApi, String namespace) throws IOException {
    this.directory = directory;
    this.classes = Files.createDirectories(directory.resolve("classes-" + namespace));
    compile(source(namespace), servletApi);
  }

  private static String source(String namespace) throws IOException {
    try (InputStream in = War.class.getResourceAsStream("/webapp/Desk.java.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("SERVLET", namespace);
    }
  }

  private void compile(String source, Path servletApi) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    SimpleJavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///webapp/Desk.java"), SimpleJavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "--release",
              "8",
              "-Xlint:none",
              "-d",
              classes.toString(),
              "-cp",
              servletApi.toString());
      if (!compiler.getTask(said, files, null, options, null, List.of(file)).call()) {
        throw new AssertionError(said);
      }
    }
  }

  /** Opens the database by DriverManager, with this driver. */
  War opens(String url, String driver) {
    parameters = parameter("url", url) + parameter("driver", driver);
    return this;
  }

  /** Opens the database by a data source of the container. */
  War looksUp(String url, String driver) {
    parameters = "";
    context =
        "<Context><Resource name='jdbc/desk' auth='Container' type='javax.sql.DataSource'"
            + " factory='org.apache.tomcat.jdbc.pool.DataSourceFactory' maxActive='4' closeMethod='close' initialSize='2'"
            + " minIdle='1' driverClassName='"
            + driver
            + "' url='"
            + url
            + "'/></Context>";
    return this;
  }

  private static String parameter(String name, String value) {
    return "<init-param><param-name>"
        + name
        + "</param-name><param-value>"
        + value
        + "</param-value></init-param>";
  }

  /** Puts the jar of a class of the tests' class path into {@code WEB-INF/lib}. */
  War with(Path jar) {
    libraries.add(jar);
    return this;
  }

  /** The jar on the tests' class path whose name begins so. */
  static Path jar(String begins) {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .filter(entry -> new File(entry).getName().startsWith(begins))
        .map(Path::of)
        .findFirst()
        .orElseThrow();
  }

  /**
   * Writes it.
   *
   * @param generation what it answers when it is asked for that
   */
  Path build(String name, int generation) throws IOException {
    Path war = directory.resolve(name + ".war");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(war))) {
      put(
          out,
          "WEB-INF/web.xml",
          ("<web-app><servlet><servlet-name>desk</servlet-name><servlet-class>webapp.Desk</servlet-class>"
                  + parameters
                  + parameter("generation", String.valueOf(generation))
                  + "<load-on-startup>1</load-on-startup></servlet><servlet-mapping>"
                  + "<servlet-name>desk</servlet-name><url-pattern>/desk</url-pattern>"
                  + "</servlet-mapping></web-app>")
              .getBytes(StandardCharsets.UTF_8));
      if (!context.isEmpty()) {
        put(out, "META-INF/context.xml", context.getBytes(StandardCharsets.UTF_8));
      }
      put(
          out,
          "WEB-INF/classes/webapp/Desk.class",
          Files.readAllBytes(classes.resolve("webapp/Desk.class")));
      for (Path library : libraries) {
        put(out, "WEB-INF/lib/" + library.getFileName(), Files.readAllBytes(library));
      }
    }
    return war;
  }

  private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content);
    out.closeEntry();
  }
}
