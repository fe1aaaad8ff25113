package io.rwsplit.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Options that several commands have. Stateless. */
final class Options {
  static final Option JSON = Option.flag("--json", "prints JSON instead of text");
  static final Option CONFIG =
      Option.of(
          "--config",
          "FILE",
          "a file with properties, as the agent's; -Drwsplit.name=value, here or before -jar, and"
              + " RWSPLIT_NAME in the environment go before it");
  static final Option URL =
      Option.of(
          "--url",
          "URL",
          "where the application's agent answers, as http://127.0.0.1:9393; by default what"
              + " rwsplit.http.port and rwsplit.http.address say");
  static final Option TOKEN_FILE =
      Option.of(
          "--token-file",
          "FILE",
          "a file that holds the token; by default RWSPLIT_HTTP_TOKEN in the environment, or what"
              + " rwsplit.http.token-file or rwsplit.http.token say");
  static final Option GROUP =
      Option.of("--group", "NAME", "which of several groups (rwsplit.groups) is meant");
  static final Option TIMEOUT =
      Option.of("--timeout", "SECONDS", "how long it may take; 10 by default");
  static final Option DRIVER_PATH =
      Option.of(
          "--driver-path",
          "PATH",
          "the JDBC driver's jar, or a directory of jars; several are separated as in a class path");
  static final Option USER =
      Option.of(
          "--user", "NAME", "the database user, where the URLs do not have it (servers only)");
  static final Option PASSWORD_FILE =
      Option.of("--password-file", "FILE", "a file that holds the user's password");

  private Options() {}

  /** Those of a command that asks a running agent, and more. */
  static List<Option> client(Option... more) {
    return list(Arrays.asList(more), Arrays.asList(URL, TOKEN_FILE, CONFIG, JSON));
  }

  /** Those of a command that opens the databases itself, and more. */
  static List<Option> direct(Option... more) {
    return list(Arrays.asList(DRIVER_PATH, USER, PASSWORD_FILE, CONFIG, JSON), Arrays.asList(more));
  }

  private static List<Option> list(List<Option> some, List<Option> more) {
    List<Option> all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
