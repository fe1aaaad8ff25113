package io.rwsplit.alert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The client's side of one delivery by SMTP (RFC 5321, 3207, 4954). What the server says is not
 * quoted while a password is given to it. Used once, by one thread.
 */
final class Smtp {
  private static final int MOST_LINES = 100;
  private static final int LONGEST_QUOTE = 200;

  private final Wire wire;
  private List<String> extensions = new ArrayList<>();
  private List<String> lines = new ArrayList<>();

  Smtp(Wire wire) {
    this.wire = wire;
  }

  /** Hears the greeting, and asks what the server can do. */
  void greet() throws IOException {
    expect(reply(), 220, "the greeting");
    hello();
  }

  private void hello() throws IOException {
    // An address literal, since a name would have to be looked up and may be wrong.
    expect(command("EHLO [127.0.0.1]"), 250, "EHLO");
    extensions = lines;
  }

  /** Encrypts; a server that cannot is refused, whoever may have taken that word out. */
  void encrypt() throws IOException {
    if (!offers("STARTTLS", "")) {
      throw new Refused("the mail server offers no STARTTLS; see rwsplit.alert.mail.security");
    }
    expect(command("STARTTLS"), 220, "STARTTLS");
    wire.secure();
    hello();
  }

  private boolean offers(String extension, String parameter) {
    for (int i = 1; i < extensions.size(); i++) {
      String[] words = extensions.get(i).toUpperCase(Locale.ROOT).split(" ", -1);
      boolean has = parameter.isEmpty();
      for (int j = 1; j < words.length; j++) {
        has |= words[j].equals(parameter);
      }
      if (words[0].equals(extension) && has) {
        return true;
      }
    }
    return false;
  }

  /** Shows user and password. */
  void authenticate(String user, String password) throws IOException {
    int code;
    if (offers("AUTH", "PLAIN") || !offers("AUTH", "LOGIN")) {
      code = command("AUTH PLAIN " + base64("\0" + user + "\0" + password));
    } else {
      code = command("AUTH LOGIN");
      if (code == 334) {
        code = command(base64(user));
      }
      if (code == 334) {
        code = command(base64(password));
      }
    }
    if (code != 235) {
      lines.clear();
      String words = "the mail server does not take user and password (" + code + ")";
      throw code >= 500 ? new Refused(words) : new IOException(words);
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Hands a message over.
   *
   * @param message lines of ASCII ended by CRLF, none of which begins with a dot
   * @return the addresses that the server refused, when it took others
   */
  List<String> send(String from, List<String> to, String message) throws IOException {
    expect(command("MAIL FROM:<" + from + ">"), 250, "the sender");
    List<String> refused = new ArrayList<>();
    int last = 0;
    for (String each : to) {
      int code = command("RCPT TO:<" + each + ">");
      if (code != 250 && code != 251) {
        refused.add(each);
        last = code;
      }
    }
    if (refused.size() == to.size()) {
      expect(last, 250, "any of the addresses");
    }
    expect(command("DATA"), 354, "DATA");
    wire.send(message);
    expect(command("."), 250, "the message");
    try {
      wire.send("QUIT\r\n");
    } catch (IOException e) {
      // It has taken the message.
    }
    return refused;
  }

  private int command(String line) throws IOException {
    wire.send(line + "\r\n");
    return reply();
  }

  /** The code of a reply, of one line or several; its texts are {@link #lines}. */
  private int reply() throws IOException {
    List<String> texts = new ArrayList<>();
    while (true) {
      String line = wire.line();
      int code = code(line);
      texts.add(line.length() > 4 ? line.substring(4) : "");
      if (line.length() < 4 || line.charAt(3) != '-') {
        lines = texts;
        return code;
      }
      if (texts.size() > MOST_LINES) {
        throw new Refused("answers with too many lines");
      }
    }
  }

  private static int code(String line) throws Refused {
    for (int i = 0; i < 3; i++) {
      if (line.length() < 3 || line.charAt(i) < '0' || line.charAt(i) > '9') {
        throw new Refused("answers with what is not SMTP");
      }
    }
    return Integer.parseInt(line.substring(0, 3));
  }

  private void expect(int code, int wanted, String what) throws IOException {
    if (code == wanted) {
      return;
    }
    String said = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    String quote = said.length() > LONGEST_QUOTE ? said.substring(0, LONGEST_QUOTE) : said;
    String words = "the mail server does not take " + what + ": " + code + " " + quote;
    throw code >= 500 ? new Refused(words) : new IOException(words);
  }
}
