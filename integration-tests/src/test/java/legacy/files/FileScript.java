package legacy.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that does to a SQLite file what a script says, and prints what comes of it.
 *
 * <p>Lines of a script: {@code # title} and {@code = title} print it and wait for a line of input;
 * {@code - text} is a comment; all others are {@code connection verb argument}. In arguments {@code
 * $M} is the master's path and {@code $D} a directory for other files.
 *
 * <ul>
 *   <li>{@code open url [| name=value …]}, {@code close}, {@code abort}; {@code forget}: dropped
 *       without being closed; {@code gc}
 *   <li>{@code auto on|off}, {@code commit}, {@code rollback}
 *   <li>{@code q}, {@code x}, {@code u}: the text by executeQuery, execute, executeUpdate
 *   <li>{@code p}, {@code pq}: prepared and then executed; {@code prepare}: only prepared
 *   <li>{@code b text ;; text}: as a batch; {@code many n text}: n times
 *   <li>{@code busy}: the first column of the rows only; {@code busyfull n}: how many of n full
 *       checkpoints were busy; {@code writer start|stop}: commits in a thread of its own
 *   <li>{@code api what}: see {@link DriverCalls}
 * </ul>
 */
public final class FileScript {
  private final BufferedReader input =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private final Map<String, Connection> connections = new HashMap<>();
  private final List<Object> kept = new ArrayList<>();
  private final String master;
  private final String directory;
  private Thread writer;
  private volatile boolean writing;
  private volatile SQLException writerFailed;

  private FileScript(String master, String directory) {
    this.master = master;
    this.directory = directory;
  }

  /** Arguments: the master's path, a directory, the script's file. */
  public static void main(String[] args) throws Exception {
    FileScript script = new FileScript(args[0], args[1]);
    for (String line : Files.readAllLines(Path.of(args[2]))) {
      if (line.startsWith("#") || line.startsWith("=")) {
        System.out.println(line);
        System.out.flush();
        script.input.readLine();
      } else if (!line.trim().isEmpty() && !line.startsWith("-")) {
        script.line(line);
      }
    }
    System.out.println("# over");
    System.out.flush();
    script.input.readLine();
  }

  private void line(String line) throws IOException {
    String[] words = line.split(" ", 3);
    String argument = words.length < 3 ? "" : words[2];
    String answer;
    try {
      answer = run(words[0], words[1], real(argument));
    } catch (SQLException e) {
      answer = e.getClass().getName() + " " + e.getErrorCode() + " " + e.getMessage();
    } catch (UnsupportedOperationException e) {
      answer = e.toString();
    }
    System.out.println(line + " -> " + symbolic(answer));
  }

  private String real(String text) {
    return text.replace("$M", master).replace("$D", directory);
  }

  private String symbolic(String text) {
    return text == null ? null : text.replace(master, "$M").replace(directory, "$D");
  }

  private String run(String name, String verb, String argument) throws SQLException, IOException {
    if (verb.equals("open")) {
      open(name, argument);
      return "opened";
    }
    if (verb.equals("writer")) {
      return writer(argument.equals("start"));
    }
    Connection connection = connections.get(name);
    switch (verb) {
      case "close":
        connections.remove(name).close();
        return "closed";
      case "abort":
        connections.remove(name).abort(Runnable::run);
        return "aborted";
      case "forget":
        connections.remove(name);
        return "forgotten";
      case "gc":
        return collect();
      case "auto":
        connection.setAutoCommit(argument.equals("on"));
        return argument;
      case "commit":
        connection.commit();
        return "committed";
      case "rollback":
        connection.rollback();
        return "rolled back";
      case "api":
        return DriverCalls.run(connection, argument);
      case "p":
      case "pq":
        try (PreparedStatement statement = connection.prepareStatement(argument)) {
          return verb.equals("pq")
              ? rows(statement.executeQuery())
              : statement.execute()
                  ? rows(statement.getResultSet())
                  : "" + statement.getUpdateCount();
        }
      case "prepare":
        kept.add(connection.prepareStatement(argument));
        return "prepared";
      default:
        try (Statement statement = connection.createStatement()) {
          return run(statement, verb, argument);
        }
    }
  }

  /** From now on, again and again: what one collection finds in use another may not. */
  private static String collect() {
    Thread collector =
        new Thread(
            () -> {
              while (true) {
                System.gc();
                LockSupport.parkNanos(200_000_000);
              }
            },
            "collector");
    collector.setDaemon(true);
    collector.start();
    return "collected";
  }

  private String writer(boolean start) {
    if (start) {
      writing = true;
      writer = new Thread(this::write, "writer");
      writer.start();
      return "started";
    }
    writing = false;
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return "stopped: " + writerFailed;
  }

  private void write() {
    String url = "jdbc:sqlite:" + master + "?busy_timeout=10000&synchronous=NORMAL";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (int i = 0; writing; i++) {
        statement.executeUpdate("UPDATE t SET v = 'writer " + i + "' WHERE id = 1");
      }
      statement.executeUpdate("UPDATE t SET v = 'writer' WHERE id = 1");
    } catch (SQLException e) {
      writerFailed = e;
    }
  }

  private static String run(Statement statement, String verb, String argument) throws SQLException {
    switch (verb) {
      case "q":
        return rows(statement.executeQuery(argument));
      case "x":
        return statement.execute(argument)
            ? rows(statement.getResultSet())
            : "" + statement.getUpdateCount();
      case "u":
        return "" + statement.executeUpdate(argument);
      case "b":
        for (String text : argument.split(" ;; ", -1)) {
          statement.addBatch(text);
        }
        return java.util.Arrays.toString(statement.executeBatch());
      case "busy":
        return rows(statement.executeQuery(argument)).replaceFirst("[|].*", "");
      case "busyfull":
        int busy = 0;
        for (int i = 0; i < Integer.parseInt(argument); i++) {
          busy += rows(statement.executeQuery("PRAGMA wal_checkpoint(FULL)")).charAt(0) - '0';
        }
        return busy + " times busy";
      case "many":
        String[] parts = argument.split(" ", 2);
        for (int i = 0; i < Integer.parseInt(parts[0]); i++) {
          statement.execute(parts[1]);
        }
        return "done";
      default:
        throw new IllegalArgumentException(verb);
    }
  }

  private void open(String name, String argument) throws SQLException {
    String[] parts = argument.split(" \\| ", -1);
    Properties properties = new Properties();
    if (parts.length > 1) {
      for (String pair : parts[1].split(" ", -1)) {
        properties.setProperty(
            pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
      }
    }
    Connection connection =
        parts[0].equals("(data source)")
            ? DriverCalls.fromDataSource(master, properties)
            : DriverManager.getConnection("jdbc:sqlite:" + parts[0], properties);
    connections.put(name, connection);
  }

  private static String rows(ResultSet result) throws SQLException {
    try (ResultSet rows = result) {
      StringBuilder text = new StringBuilder();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        text.append(text.length() == 0 ? "" : " / ");
        for (int i = 1; i <= columns; i++) {
          text.append(i == 1 ? "" : "|").append(rows.getString(i));
        }
      }
      return text.toString();
    }
  }
}
