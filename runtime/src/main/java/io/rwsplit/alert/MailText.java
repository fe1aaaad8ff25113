package io.rwsplit.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;

/**
 * A notice as a mail (RFC 5322). Nothing that a server or a configuration says can begin a line of
 * its own: addresses were checked, the subject is encoded where it is more than plain ASCII, and
 * the text is base64. Stateless.
 */
final class MailText {
  /** Bytes in one encoded word of a header, of 75 characters at most (RFC 2047). */
  private static final int WORD = 42;

  private static final int LONGEST_SUBJECT = 200;

  private MailText() {}

  /** The whole message, lines ended by CRLF. */
  static String of(Notice notice, String source, String from, List<String> to, String id) {
    StringBuilder mail = new StringBuilder();
    mail.append("Date: ")
        .append(
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochMilli(notice.atMillis()).atOffset(ZoneOffset.UTC)))
        .append("\r\nFrom: <")
        .append(from)
        .append(">\r\nTo: ");
    for (int i = 0; i < to.size(); i++) {
      mail.append(i == 0 ? "<" : ",\r\n <").append(to.get(i)).append('>');
    }
    mail.append("\r\nMessage-ID: <").append(id).append(from.substring(from.indexOf('@')));
    mail.append(">\r\nSubject: ")
        .append(header("[rwsplit] " + notice.title() + " (" + source + ")"));
    mail.append("\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n");
    mail.append("Content-Type: text/plain; charset=utf-8\r\n");
    mail.append("Content-Transfer-Encoding: base64\r\n\r\n");
    byte[] text = text(notice, source).getBytes(StandardCharsets.UTF_8);
    mail.append(Base64.getMimeEncoder().encodeToString(text)).append("\r\n");
    return mail.toString();
  }

  private static String text(Notice notice, String source) {
    return notice.line()
        + "\n\nat "
        + Instant.ofEpochMilli(notice.atMillis())
        + ", from "
        + source
        + "\n";
  }

  /** Plain ASCII as it is, all else as encoded words. */
  static String header(String text) {
    String cut = text.length() > LONGEST_SUBJECT ? text.substring(0, LONGEST_SUBJECT) : text;
    boolean plain = !cut.contains("=?");
    for (int i = 0; i < cut.length(); i++) {
      plain &= cut.charAt(i) >= ' ' && cut.charAt(i) <= '~';
    }
    if (plain) {
      return cut;
    }
    StringBuilder words = new StringBuilder();
    StringBuilder word = new StringBuilder();
    for (int at = 0; at < cut.length(); ) {
      int point = cut.codePointAt(at);
      word.appendCodePoint(point);
      at += Character.charCount(point);
      byte[] bytes = word.toString().getBytes(StandardCharsets.UTF_8);
      if (bytes.length >= WORD || at >= cut.length()) {
        words.append(words.length() == 0 ? "" : "\r\n ").append("=?utf-8?B?");
        words.append(Base64.getEncoder().encodeToString(bytes)).append("?=");
        word.setLength(0);
      }
    }
    return words.toString();
  }
}
