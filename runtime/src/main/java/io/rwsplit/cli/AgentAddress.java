package io.rwsplit.cli;

import io.rwsplit.config.ConfigInputs;
import io.rwsplit.config.ConfigResult;
import io.rwsplit.config.HttpSettings;
import io.rwsplit.config.Property;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Paths;

/** Where a running agent answers, and what it wants to be shown. Immutable. */
final class AgentAddress {
  private static final int LONGEST_FILE = 4096;

  final String url;

  /** Null when there is none. */
  final String token;

  private AgentAddress(String url, String token) {
    this.url = url;
    this.token = token;
  }

  /** By the options, else by the configuration. */
  static AgentAddress of(Arguments arguments) throws CliFault {
    ConfigResult config = ConfigInputs.ofProcess(arguments.get(Options.CONFIG)).read();
    boolean configured = config.state() == ConfigResult.State.CONFIGURED;
    HttpSettings http = configured ? config.configuration().jvm().http() : null;
    return new AgentAddress(url(arguments, http), token(arguments, http));
  }

  private static String url(Arguments arguments, HttpSettings http) throws CliFault {
    String given = arguments.get(Options.URL);
    if (given != null) {
      return checked(given);
    }
    String port = http == null ? plain(Property.HTTP_PORT) : String.valueOf(http.port());
    if (port == null || port.equals("0")) {
      throw CliFault.usage(
          port == null
              ? "it is not known where the agent answers: give --url, or the configuration of the"
                  + " application with rwsplit.http.port"
              : "rwsplit.http.port is 0: give --url with the port that the application's log names");
    }
    String address = http == null ? plain(Property.HTTP_ADDRESS) : http.address();
    String host = address == null || address.equals("0.0.0.0") ? "127.0.0.1" : address;
    host = host.equals("::") ? "::1" : host;
    boolean tls =
        http == null ? plain(Property.HTTP_TLS_KEYSTORE) != null : http.keystore() != null;
    String named = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return checked((tls ? "https://" : "http://") + named + ":" + port);
  }

  private static String checked(String given) throws CliFault {
    String url = given.endsWith("/") ? given.substring(0, given.length() - 1) : given;
    try {
      URL parsed = new URL(url);
      boolean http = parsed.getProtocol().equals("http") || parsed.getProtocol().equals("https");
      boolean bare = parsed.getFile().isEmpty() && parsed.getUserInfo() == null;
      if (http && bare && !parsed.getHost().isEmpty()) {
        return url;
      }
    } catch (MalformedURLException e) {
      // Said below.
    }
    throw CliFault.usage("--url is to be as in http://127.0.0.1:9393");
  }

  private static String token(Arguments arguments, HttpSettings http) throws CliFault {
    String file = arguments.get(Options.TOKEN_FILE);
    if (file != null) {
      return read(file);
    }
    String token = http == null ? plain(Property.HTTP_TOKEN) : http.token();
    if (token != null) {
      return token;
    }
    file = http == null ? plain(Property.HTTP_TOKEN_FILE) : http.tokenFile();
    return file == null ? null : read(file);
  }

  /**
   * The secret that a file holds, without white space around it.
   *
   * @throws CliFault when it cannot be read; says nothing of what is in it
   */
  static String read(String file) throws CliFault {
    try {
      byte[] bytes = Files.readAllBytes(Paths.get(file));
      String text = new String(bytes, StandardCharsets.UTF_8).trim();
      if (bytes.length <= LONGEST_FILE && !text.isEmpty()) {
        return text;
      }
    } catch (IOException | InvalidPathException e) {
      throw CliFault.usage("the file " + file + " cannot be read");
    }
    throw CliFault.usage("the file " + file + " holds no secret");
  }

  /** Of a property without the rest of a configuration; null for nothing. */
  private static String plain(Property property) {
    String value = System.getProperty(property.propertyName());
    value = value == null ? System.getenv(property.environmentName()) : value;
    return value == null || value.trim().isEmpty() ? null : value.trim();
  }
}
