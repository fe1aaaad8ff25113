package io.rwsplit.alert;

import io.rwsplit.config.AlertSettings;
import io.rwsplit.config.MailSecurity;
import java.io.IOException;
import java.util.List;

/** Sends each notice as a mail. */
final class MailSink extends RemoteSink {
  private final AlertSettings settings;
  private final String source;
  private long sent;

  MailSink(AlertSettings settings, String source) {
    super("mail", settings.mailTimeoutNanos());
    this.settings = settings;
    this.source = source;
  }

  @Override
  String host() {
    return settings.mailHost();
  }

  @Override
  int port() {
    return settings.mailPort();
  }

  @Override
  String deliver(Notice notice, Wire wire) throws IOException {
    String from = settings.mailFrom();
    List<String> to = settings.mailTo();
    String id =
        "rwsplit."
            + Long.toString(System.currentTimeMillis(), 36)
            + "."
            + Long.toString(System.nanoTime() & Long.MAX_VALUE, 36)
            + "."
            + ++sent;
    wire.connect(settings.mailSecurity() == MailSecurity.TLS);
    Smtp smtp = new Smtp(wire);
    smtp.greet();
    if (settings.mailSecurity() == MailSecurity.STARTTLS) {
      smtp.encrypt();
    }
    if (settings.mailUser() != null) {
      smtp.authenticate(settings.mailUser(), settings.mailPassword());
    }
    List<String> refused = smtp.send(from, to, MailText.of(notice, source, from, to, id));
    return refused.isEmpty()
        ? "was sent to " + to.size() + (to.size() == 1 ? " address" : " addresses")
        : "was sent, but not to " + refused;
  }
}
