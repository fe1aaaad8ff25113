package io.rwsplit.config;

import static io.rwsplit.config.Form.choice;
import static io.rwsplit.config.Form.count;
import static io.rwsplit.config.Form.duration;
import static io.rwsplit.config.Form.flag;

import io.rwsplit.log.LogLevel;
import java.util.Locale;

/**
 * The table of all configuration properties; validation, fault reports and the README's table are
 * derived from it.
 */
public enum Property {
  ENABLED(
      flag("rwsplit.enabled", "true").live(),
      "`false` runs the application as without the agent; for a group, leaves that group alone."),
  MODE(
      choice("rwsplit.mode", RoutingMode.values()).unless("route"),
      "`observe` routes nothing, and opens no replica: it counts what would move to replicas, and"
          + " what would stay and why. `rwsplit.replicas` may be missing then."),
  OBSERVE_LAG(
      duration("rwsplit.observe.lag", "0ms", "1h").unless("10ms"),
      "How far behind the replicas are taken to be with `rwsplit.mode=observe`; where positions"
          + " would not be known, `rwsplit.read-after-write.window` counts instead."),
  GROUPS(
      of(PropertyKind.NAMES, "rwsplit.groups"),
      "Further masters in the same JVM, each with replicas and settings of its own, as"
          + " `rwsplit.group.<name>.master` and so on."),
  MASTER(
      of(PropertyKind.URL, "rwsplit.master"),
      "The database whose connections are split, whatever way the application opens them."),
  REPLICAS(
      of(PropertyKind.URLS, "rwsplit.replicas"),
      "Where reads go. SQLite files that do not exist are created."),
  REPLICAS_USER(
      of(PropertyKind.TEXT, "rwsplit.replicas.user").unset("what the application gave its driver"),
      "User on the replicas."),
  REPLICAS_PASSWORD(
      of(PropertyKind.SECRET, "rwsplit.replicas.password")
          .unset("what the application gave its driver"),
      "Password on the replicas; needs `rwsplit.replicas.user`."),
  PATRONI(
      of(PropertyKind.REST_URLS, "rwsplit.patroni"),
      "Where Patroni is asked who leads (PostgreSQL only): the REST URLs of some or all of its"
          + " members. Without `rwsplit.replicas`, its members are the replicas."),
  PATRONI_USER(of(PropertyKind.TEXT, "rwsplit.patroni.user"), "User of Patroni's REST."),
  PATRONI_PASSWORD(
      of(PropertyKind.SECRET, "rwsplit.patroni.password"),
      "Its password; needs `rwsplit.patroni.user`."),
  PATRONI_INTERVAL(
      duration("rwsplit.patroni.interval", "10ms", "1m").unless("200ms"),
      "How often Patroni is asked; its members take turns."),
  REPLICAS_DRAIN(
      of(PropertyKind.NAMES, "rwsplit.replicas.drain").live(),
      "Replicas on which what runs may end and nothing new begins, as `replica2`."),
  REPLICATION(
      choice("rwsplit.replication", ReplicationMode.values())
          .unset("wal for SQLite, off for others"),
      "`wal`: the agent feeds the replicas (SQLite only). `off`: somebody else does, and they are"
          + " taken as they are."),
  REPLICATION_DELAY(
      of(PropertyKind.DURATIONS, "rwsplit.replication.delay").range("0ms", "1h").unless("0ms"),
      "How far the agent keeps the replicas behind the master on purpose: for all, or for each in"
          + " the order of `rwsplit.replicas`."),
  SYNC(
      choice("rwsplit.sync", SyncMode.values()).unless("async"),
      "What a commit of the application waits for where the agent feeds the replicas. `semi-sync`:"
          + " `rwsplit.sync.replicas` have applied it; not in time: commits go on without, until they"
          + " have caught up. `sync`: every replica in service has; one that does not in time is"
          + " taken out of service first."),
  SYNC_REPLICAS(
      count("rwsplit.sync.replicas", 1, 64).unless("1"),
      "How many replicas must have a commit with `rwsplit.sync=semi-sync`."),
  SYNC_TIMEOUT(
      duration("rwsplit.sync.timeout", "1ms", "1m").unless("1s"),
      "How long a commit waits for replicas at most."),
  STRATEGY(
      choice("rwsplit.strategy", Strategy.values()).unless("round_robin").live(),
      "Which of several replicas serves a read."),
  REPLICAS_WEIGHT(
      of(PropertyKind.COUNTS, "rwsplit.replicas.weight").range(0, 1000).unless("1").live(),
      "How much each replica is to serve compared to the others: for all, or for each in the order"
          + " of `rwsplit.replicas`, as the next three. 0: nothing but reads that ask for it."),
  REPLICAS_PRIORITY(
      of(PropertyKind.COUNTS, "rwsplit.replicas.priority")
          .range(0, 1000)
          .unset("the order of `rwsplit.replicas`")
          .live(),
      "Ranks for `rwsplit.strategy=priority`: the lowest goes first, equals serve in turn."),
  REPLICAS_ZONE(of(PropertyKind.LABELS, "rwsplit.replicas.zone").live(), "Zones of the replicas."),
  REPLICAS_TAGS(
      of(PropertyKind.LABEL_SETS, "rwsplit.replicas.tags").live(),
      "Tags of the replicas, by which comments and rules may ask for them."),
  ZONE(
      of(PropertyKind.NAME, "rwsplit.zone").live(),
      "Zone of the application. While a replica of this zone may serve a read, no other does."),
  TAGGED_SQL(
      of(PropertyKind.TAGGED_PATTERNS, "rwsplit.tagged.sql").live(),
      "Reads in whose text the expression is found, in any case of letters, go to replicas with the"
          + " tag (or name) when one may serve; as a comment, advice only. A semicolon separates two"
          + " rules where `tag=` follows it."),
  TAGGED_TABLES(
      of(PropertyKind.TAGGED_NAMES, "rwsplit.tagged.tables").live(),
      "The same for reads that name one of these tables or views."),
  TAGGED_CLASSES(
      of(PropertyKind.TAGGED_NAMES, "rwsplit.tagged.classes").live(),
      "The same while a class whose full name begins with one of these is on the stack; looking"
          + " there takes some microseconds."),
  READ_PERCENT(
      of(PropertyKind.PERCENT, "rwsplit.read.percent").unless("100").live(),
      "How much of the reads that may go to a replica do; the others stay on the master. For a"
          + " gradual introduction; `rwsplit.read.master-share` is for good."),
  READ_MASTER_SHARE(
      count("rwsplit.read.master-share", 0, 100).unless("0").live(),
      "How many of a hundred reads that a replica might serve the master runs; those that it runs"
          + " as no replica has what they must see count in. A read-only transaction counts as one."),
  READ_COMPARE(
      of(PropertyKind.PERCENT, "rwsplit.read.compare").unless("0"),
      "How much of the reads that replicas serve, or would with `rwsplit.mode=observe`, is run again"
          + " on master and replica by the agent, and their rows compared; the application waits"
          + " for nothing."),
  READ_COMPARE_RATE(
      count("rwsplit.read.compare.rate", 1, 1000).unless("5"),
      "How many comparisons there are in a second at most; what is more is left out."),
  READ_COMPARE_TIMEOUT(
      duration("rwsplit.read.compare.timeout", "10ms", "1m").unless("2s"),
      "How long a statement of a comparison may take."),
  READ_COMPARE_VALUES(
      flag("rwsplit.read.compare.values", "false"),
      "`true` shows the first values of some differing rows, keys mostly, in `/api/compare`; else no"
          + " value is shown."),
  READ_AFTER_WRITE(
      flag("rwsplit.read-after-write", "true"),
      "After a write, reads of the same connection and thread see it; `false` is short for"
          + " `rwsplit.consistency=eventual`."),
  READ_AFTER_WRITE_WINDOW(
      duration("rwsplit.read-after-write.window", "0ms", "1h").unless("5s"),
      "How long reads stay on the master after a write where positions are not known."),
  TRANSACTIONS(
      choice("rwsplit.transactions", Transactions.values()).unless("master"),
      "Reads of a transaction that is not read-only. `until-write`: before its first write they may"
          + " use replicas (PostgreSQL at READ COMMITTED only), but those with a fetch size; after"
          + " it, the master until the end. Unless `rwsplit.consistency=eventual`, they see every"
          + " write completed in this JVM before."),
  POSITION_INTERVAL(
      duration("rwsplit.position.interval", "1ms", "10s").unless("10ms"),
      "How often master and replicas are asked for their positions while reads wait for writes;"
          + " seldom otherwise (PostgreSQL, MariaDB, MySQL)."),
  CONSISTENCY(
      choice("rwsplit.consistency", Consistency.values())
          .unset("session; with `rwsplit.read-after-write=false`, eventual"),
      "`session`: reads see all that their connection and thread have written, and never an older"
          + " state than they have read. `jvm`: also every write completed in this JVM before."
          + " `jvms`: in any JVM with the agent on this SQLite master, all of them set so."
          + " `eventual`: neither."),
  CONSISTENCY_WAIT(
      duration("rwsplit.consistency.wait", "0ms", "1m").unless("0ms"),
      "How long a read may wait for a replica that lacks what it must see before the master"
          + " serves it."),
  CONSISTENCY_BY_TABLE(
      flag("rwsplit.consistency.by-table", "false"),
      "With `true`, a read waits only for writes that may have touched a table it reads, also by"
          + " views, triggers and foreign keys; where that cannot be told, for all."),
  STRONG_TABLES(
      of(PropertyKind.NAMES, "rwsplit.strong.tables"),
      "Reads of these tables go to the master, and so do reads of views, and of anything else that"
          + " is not known to be a plain table."),
  STRONG_SQL(
      of(PropertyKind.PATTERN, "rwsplit.strong.sql"),
      "Reads in whose text this is found, in any case of letters, go to the master."),
  STRONG_CLASSES(
      of(PropertyKind.NAMES, "rwsplit.strong.classes"),
      "Reads go to the master while a class whose full name begins with one of these is on the"
          + " stack; looking there takes some microseconds."),
  EVENTUAL_TABLES(
      of(PropertyKind.NAMES, "rwsplit.eventual.tables"),
      "Reads of none but these tables or views are content with `rwsplit.consistency=eventual`."),
  EVENTUAL_SQL(
      of(PropertyKind.PATTERN, "rwsplit.eventual.sql"),
      "Reads in whose text this is found are content with `rwsplit.consistency=eventual`; the rules"
          + " for `strong` go before."),
  LAG_MAX(
      duration("rwsplit.lag.max", "1ms", "24h").unless("10s").live(),
      "A replica further behind gets no reads until it has caught up."),
  LAG_ALERT(
      of(PropertyKind.PERIOD, "rwsplit.lag.alert").range("1ms", "24h").unless("5s").live(),
      "A replica further behind is an alert, a warning; critical is a lag above `rwsplit.lag.max`."),
  LAG_READMIT(
      duration("rwsplit.lag.readmit", "0ms", "24h")
          .unset("halfway from `rwsplit.replication.delay` to `rwsplit.lag.max`")
          .live(),
      "How far behind a replica that was too far behind may be when it returns; at most"
          + " `rwsplit.lag.max`."),
  LAG_HEARTBEAT(
      of(PropertyKind.NAME, "rwsplit.lag.heartbeat"),
      "A column that a job on the master keeps setting to the time, as `schema.table.column`"
          + " (pt-heartbeat's: `percona.heartbeat.ts`): its newest value on master and replica says"
          + " how far behind that is, besides positions (PostgreSQL, MariaDB, MySQL). Of H2 it is"
          + " the position: a value that only grows."),
  POOL_REPLICA_MAX(
      count("rwsplit.pool.replica.max", 1, 1000).unless("10"), "Connections to each replica."),
  POOL_REPLICA_MIN_IDLE(
      count("rwsplit.pool.replica.min-idle", 0, 1000).unless("1"),
      "Idle connections kept to each replica, for each of the first sixteen ways (user,"
          + " parameters) in which the application connects; at most `rwsplit.pool.replica.max`."),
  POOL_MASTER_MAX(
      count("rwsplit.pool.master.max", 6, 100).unless("8"),
      "The agent's own connections to the master, for replication and probes; the application's"
          + " are its own."),
  RELEASE_IDLE(
      duration("rwsplit.release.idle", "100ms", "24h").unless("1m"),
      "How long an application that may be undeployed (its driver in a class loader of its own, or"
          + " of a container) must have had no connection to the master open before the agent"
          + " closes its own, too, so that the classes can go; the next connection begins anew."),
  HEALTH_INTERVAL(
      duration("rwsplit.health.interval", "10ms", "1h").unless("1s"),
      "Time between two health checks of a replica."),
  HEALTH_FAILURES(
      count("rwsplit.health.failures", 1, 100).unless("3").live(),
      "Failed checks in a row that take a replica out of routing."),
  HEALTH_OBSERVATION(
      duration("rwsplit.health.observation", "0ms", "1h").unless("1s").live(),
      "How long a replica that failed its checks must pass them before it gets reads again."),
  HEALTH_SLOW_START(
      duration("rwsplit.health.slow-start", "0ms", "1h").unless("5s").live(),
      "How long a replica that returns gets less than its part, growing from 10 %, while others"
          + " serve; 0ms: its part at once."),
  REPLICA_TIMEOUT(
      of(PropertyKind.PERIOD, "rwsplit.replica.timeout").range("50ms", "1m").unless("1s"),
      "How long a read may wait for a replica that answers nobody before another server runs it"
          + " (PostgreSQL, MariaDB, MySQL): a slow statement on a server that answers the health"
          + " check is not touched. `off` leaves such reads to the health checks."),
  FAILOVER(
      choice("rwsplit.failover", FailoverMode.values()).unless("off"),
      "Servers only. `follow`: when another server becomes the master, the application's next"
          + " connections go there, and the old master is a replica once it is one. `promote`: the"
          + " agents also make a replica the master when it is gone; needs three servers, and rights"
          + " over them."),
  FAILOVER_INTERVAL(
      duration("rwsplit.failover.interval", "10ms", "1m").unless("200ms"),
      "How often each server is asked for its role."),
  FAILOVER_TIMEOUT(
      duration("rwsplit.failover.timeout", "1s", "1h").unless("10s"),
      "How long the master may be silent, and for three questions at least, before connections to"
          + " it are broken, so that what waits for it fails."),
  FAILOVER_CONNECT_WAIT(
      duration("rwsplit.failover.connect-wait", "0ms", "10m").unless("0ms"),
      "How long a new connection waits for a master when there is none. After that it is good for"
          + " reads on replicas only, and fails when there are none either."),
  FAILOVER_PROXY(
      flag("rwsplit.failover.proxy", "false"),
      "`true`: the host of `rwsplit.master` is a proxy that leads to the master. Connections are not"
          + " redirected past it; list all servers in `rwsplit.replicas`."),
  FAILOVER_USER(
      of(PropertyKind.TEXT, "rwsplit.failover.user").unset("what the application gave its driver"),
      "User that asks the servers for their roles, and with `promote` changes them."),
  FAILOVER_PASSWORD(
      of(PropertyKind.SECRET, "rwsplit.failover.password")
          .unset("what the application gave its driver"),
      "Its password; needs `rwsplit.failover.user`."),
  FAILOVER_OBSERVATION(
      duration("rwsplit.failover.observation", "0ms", "1h").unless("3s"),
      "With `promote`: how long the master must have been silent before another is promoted."),
  FAILOVER_LAG_MAX(
      duration("rwsplit.failover.lag-max", "0ms", "24h").unless("10s"),
      "With `promote`: how much older than the last that was seen of the master the furthest replica"
          + " may be; older, and nobody is promoted."),
  FAILOVER_FREEZE(
      duration("rwsplit.failover.freeze", "0ms", "24h").unless("1m"),
      "With `promote`: how long after one change of the master there is no other, unless it is asked"
          + " for."),
  FAILOVER_REPLICATION_USER(
      of(PropertyKind.TEXT, "rwsplit.failover.replication.user").unset("`rwsplit.failover.user`"),
      "With `promote`: user with which a former master of MariaDB or MySQL replicates from the new"
          + " one."),
  FAILOVER_REPLICATION_PASSWORD(
      of(PropertyKind.SECRET, "rwsplit.failover.replication.password")
          .unset("`rwsplit.failover.password`"),
      "Its password; needs `rwsplit.failover.replication.user`."),
  CIRCUIT_FAULTS(
      count("rwsplit.circuit.faults", 0, 1000).unless("20"),
      "So many faults of the agent's own within `rwsplit.circuit.window`, and nothing is routed for"
          + " `rwsplit.circuit.pause`: all goes to the master. `0`: whatever happens."),
  CIRCUIT_WINDOW(
      duration("rwsplit.circuit.window", "100ms", "1h").unless("10s"),
      "See `rwsplit.circuit.faults`. When routing is tried again, one fault within as long ends the"
          + " trial."),
  CIRCUIT_PAUSE(
      duration("rwsplit.circuit.pause", "100ms", "1h").unless("10s"),
      "The first pause; it doubles with each trial in vain, up to 64 times this."),
  JMX(
      flag("rwsplit.jmx", "false"),
      "`true` registers MBeans: `io.rwsplit:type=Routing`, the switch and counters,"
          + " `io.rwsplit:type=Configuration`, which reads the file again, and `io.rwsplit:type=Alerts`,"
          + " whose notifications are alerts; for jconsole and its like."),
  LOG_ROUTES(
      flag("rwsplit.log.routes", "false").live(), "Logs every routing decision with its reason."),
  LOG_LEVEL(
      choice("rwsplit.log.level", LogLevel.values()).unless("info").live(),
      "How much the agent's own log, on standard error, says."),
  REPORT_INTERVAL(
      of(PropertyKind.PERIOD, "rwsplit.report.interval").range("1s", "24h").unless("60s"),
      "Period of the summary of routes, lag and replicas; `off` leaves the one at exit."),
  REPORT_STATEMENTS(
      count("rwsplit.report.statements", 0, 100).unless("5"),
      "How many of the most frequent statements the summary names, literals left out."),
  SLOW_THRESHOLD(
      of(PropertyKind.PERIOD, "rwsplit.slow.threshold").range("1ms", "24h").unless("1s"),
      "An execution that takes longer is counted as slow, and the newest are shown, literals left"
          + " out; `off`: none. Counted with the HTTP server, and where this,"
          + " `rwsplit.alert.slow`, a webhook, mail or JMX is configured."),
  HTTP_PORT(
      count("rwsplit.http.port", 0, 65535),
      "Port of the agent's HTTP server; 0: any free one, which the log names. Not set: there is"
          + " none."),
  HTTP_ADDRESS(
      of(PropertyKind.TEXT, "rwsplit.http.address").unless("127.0.0.1"),
      "Address it listens on; `0.0.0.0`: all of IPv4, `::`: all."),
  HTTP_HOSTS(
      of(PropertyKind.NAMES, "rwsplit.http.hosts"),
      "Names by which it may be asked, besides `localhost` and addresses; others are refused, so"
          + " that no web page can make a browser ask it (DNS rebinding)."),
  HTTP_TOKEN(
      of(PropertyKind.SECRET, "rwsplit.http.token"),
      "What requests that change something must show (`Authorization: Bearer …`), at least 16"
          + " characters; without a token nothing can be changed."),
  HTTP_TOKEN_FILE(
      of(PropertyKind.TEXT, "rwsplit.http.token-file"),
      "A file that holds it instead; white space around it does not count."),
  HTTP_PROTECT(
      choice("rwsplit.http.protect", HttpProtection.values()).unless("changes"),
      "What the token is needed for: `changes`, or `all` but the health probes."),
  HTTP_RATE(
      count("rwsplit.http.rate", 1, 10000).unless("50"),
      "Requests a second that one address may make; all together four times that."),
  HTTP_TLS_KEYSTORE(
      of(PropertyKind.TEXT, "rwsplit.http.tls.keystore"),
      "A PKCS #12 or JKS file with the server's key and certificates: HTTPS instead of HTTP."),
  HTTP_TLS_PASSWORD(
      of(PropertyKind.SECRET, "rwsplit.http.tls.password"), "The password of that file."),
  JFR(
      flag("rwsplit.jfr", "false"),
      "Whether routes, failovers, resyncs and faults are events of JDK Flight Recorder, where the"
          + " JVM has it."),
  ALERT_LOG(
      flag("rwsplit.alert.log", "true"),
      "Whether alerts are lines of the log (`ALERT …`); they are in `/api/alerts` and `/metrics`"
          + " anyway."),
  ALERT_SOURCE(
      of(PropertyKind.TEXT, "rwsplit.alert.source").unset("the host's name"),
      "What notices by webhook and mail call this application."),
  ALERT_INTERVAL(
      duration("rwsplit.alert.interval", "100ms", "1m").unless("1s"),
      "How often the groups are looked at for what deserves an alert."),
  ALERT_RAISE(
      duration("rwsplit.alert.raise", "0ms", "1h").unless("5s"),
      "How long something must last before it is an alert; what comes and goes adds up."),
  ALERT_CLEAR(
      duration("rwsplit.alert.clear", "0ms", "1h").unless("10s"),
      "How long it must have been gone before the alert is over."),
  ALERT_COOLDOWN(
      duration("rwsplit.alert.cooldown", "0ms", "24h").unless("5m"),
      "How long after a notice of one kind on one server there is no further one, but of something"
          + " worse, and that it is over."),
  ALERT_CONNECTIONS_WARNING(
      count("rwsplit.alert.connections.warning", 1, 100).unless("70"),
      "An alert when more of a hundred connections to a replica are in use."),
  ALERT_CONNECTIONS_CRITICAL(
      count("rwsplit.alert.connections.critical", 1, 100).unless("90"), "The same, critical."),
  ALERT_SLOW(
      count("rwsplit.alert.slow", 0, 1000000).unless("20"),
      "An alert when more statements than these took longer than `rwsplit.slow.threshold` within a"
          + " minute; 0: none. Where they are counted, see there."),
  ALERT_WEBHOOK_URL(
      of(PropertyKind.SECRET, "rwsplit.alert.webhook.url"),
      "Where alerts are posted as JSON, `https://host/path`; never shown, since paths of webhooks"
          + " are often secret."),
  ALERT_WEBHOOK_TOKEN(
      of(PropertyKind.SECRET, "rwsplit.alert.webhook.token"),
      "Sent with each as `Authorization: Bearer …`."),
  ALERT_WEBHOOK_SECRET(
      of(PropertyKind.SECRET, "rwsplit.alert.webhook.secret"),
      "Each is signed with it: `X-Rwsplit-Signature: sha256=…`, the HMAC of `X-Rwsplit-Timestamp`,"
          + " a dot and the body."),
  ALERT_WEBHOOK_TIMEOUT(
      duration("rwsplit.alert.webhook.timeout", "100ms", "1m").unless("5s"),
      "How long one attempt may take; there are five, with growing pauses."),
  ALERT_MAIL_HOST(
      of(PropertyKind.TEXT, "rwsplit.alert.mail.host"), "Mail server (SMTP) for alerts."),
  ALERT_MAIL_PORT(
      count("rwsplit.alert.mail.port", 1, 65535).unset("587; 465 with `tls`, 25 with `none`"),
      "Its port."),
  ALERT_MAIL_SECURITY(
      of(PropertyKind.NAME, "rwsplit.alert.mail.security").unless("starttls"),
      "`starttls`: no mail to a server without it. `tls`: from the first byte. `none`: in clear, and"
          + " without a password."),
  ALERT_MAIL_FROM(of(PropertyKind.TEXT, "rwsplit.alert.mail.from"), "Address of the sender."),
  ALERT_MAIL_TO(of(PropertyKind.NAMES, "rwsplit.alert.mail.to"), "Addresses of those who get it."),
  ALERT_MAIL_USER(of(PropertyKind.TEXT, "rwsplit.alert.mail.user"), "User on the mail server."),
  ALERT_MAIL_PASSWORD(
      of(PropertyKind.SECRET, "rwsplit.alert.mail.password"),
      "Its password; needs `rwsplit.alert.mail.user`."),
  ALERT_MAIL_TIMEOUT(
      duration("rwsplit.alert.mail.timeout", "100ms", "5m").unless("20s"),
      "How long one attempt may take; there are five, with growing pauses."),
  SQLITE_WAL(
      choice("rwsplit.sqlite.wal", SqliteWal.values()).unless("auto"),
      "`auto` switches a SQLite master to WAL mode, which WAL shipping needs; `off` leaves it."),
  SQLITE_WAL_UNDO(
      flag("rwsplit.sqlite.wal.undo", "false"),
      "`true` switches a SQLite master that was switched to WAL mode back when the JVM ends cleanly"
          + " and nobody else has it open; else the next such end does."),
  CONFIG(
      of(PropertyKind.TEXT, "rwsplit.config"),
      "Path of a file with further properties; `-javaagent:rwsplit.jar=<path>` goes before. Its name"
          + " ends in `.yaml` or `.yml`, or it has the format of Java's properties."),
  CONFIG_INTERVAL(
      of(PropertyKind.PERIOD, "rwsplit.config.interval").range("100ms", "24h").unless("5s"),
      "How often the file is looked at for changes; `off`: only when somebody asks."),
  STRICT(
      flag("rwsplit.strict", "false"),
      "With a faulty configuration the application refuses to start instead of running unsplit. Not"
          + " in a file, which is read at start then.");

  /** What all property names begin with. */
  public static final String PREFIX = "rwsplit.";

  /** What the names of all environment variables begin with. */
  public static final String ENVIRONMENT_PREFIX = "RWSPLIT_";

  private static final Property[] ALL = values();

  @SuppressWarnings("ImmutableEnumChecker") // complete before the constructor is called
  private final Form form;

  private final String meaning;
  private final String environmentName;

  Property(Form form, String meaning) {
    this.form = form;
    this.meaning = meaning;
    this.environmentName = form.name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The system property, such as {@code rwsplit.lag.max}. */
  public String propertyName() {
    return form.name;
  }

  /** The environment variable that is asked when the system property is not set. */
  public String environmentName() {
    return environmentName;
  }

  /** The default as it would be written, or in words; empty when there is none. */
  public String defaultText() {
    return form.defaultText == null ? form.defaultInWords : form.defaultText;
  }

  /** One line for an operator, in Markdown. */
  public String meaning() {
    return meaning;
  }

  /** The values that are allowed, in words. */
  public String allowed() {
    return form.allowed();
  }

  /** True when the value must never be shown. */
  boolean isSecret() {
    return form.kind == PropertyKind.SECRET;
  }

  /** True for what is the same for all groups, and cannot be set for one. */
  boolean isOfJvm() {
    return this == GROUPS
        || this == LOG_LEVEL
        || this == STRICT
        || this == CONFIG
        || this == CONFIG_INTERVAL
        || this == JFR
        || this == JMX
        || form.name.startsWith("rwsplit.alert.")
        || form.name.startsWith("rwsplit.http.");
  }

  /** True for what a change of counts without a restart. */
  public boolean isLive() {
    return form.live;
  }

  /** True for what is needed before a file is read, and cannot stand in it. */
  boolean isReadEarly() {
    return this == STRICT || this == CONFIG;
  }

  /** True for what holds for a group, too, when it is set without a group's name. */
  boolean isInherited() {
    return this != MASTER && this != REPLICAS && this != PATRONI && this != GROUPS;
  }

  PropertyKind kind() {
    return form.kind;
  }

  /** The default as parsed text, or null when there is none. */
  String defaultValue() {
    return form.defaultText;
  }

  /** Parses the text into the type of {@link #kind()}. */
  Object parse(String text) throws InvalidValue {
    return form.parse(text);
  }

  /** The property of this name, or null. */
  static Property named(String propertyName) {
    for (Property property : ALL) {
      if (property.form.name.equals(propertyName)) {
        return property;
      }
    }
    return null;
  }

  /** The property whose environment variable has this name, or null. */
  static Property ofEnvironment(String name) {
    for (Property property : ALL) {
      if (property.environmentName.equals(name)) {
        return property;
      }
    }
    return null;
  }

  private static Form of(PropertyKind kind, String name) {
    return Form.of(kind, name);
  }
}
