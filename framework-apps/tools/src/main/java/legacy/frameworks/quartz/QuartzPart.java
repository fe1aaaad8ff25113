package legacy.frameworks.quartz;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import legacy.frameworks.Access;
import legacy.frameworks.Page;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.matchers.GroupMatcher;

/** Two schedulers of Quartz, clustered on one database: no job is run twice, or never. */
public final class QuartzPart {
  private static final int ONCE = 12;
  private static final int REPEATED = 5;
  private static final String NAME = "app";

  private final Access access;

  /** On SQLite, transactions that read first and then write would fail beside other writers. */
  public QuartzPart(Access access) {
    this.access =
        access.isSqlite()
            ? new Access(access.url() + "?transaction_mode=IMMEDIATE", "", "")
            : access;
  }

  /** Runs it. */
  public void run() throws Exception {
    tables();
    access.execute("CREATE TABLE ran(job VARCHAR(40))");
    Runs.begin(access);
    Scheduler one = scheduler("one");
    Scheduler two = scheduler("two");
    schedule(one);
    Page.say("jobs", names(two));
    Page.fails("twice", () -> one.scheduleJob(once(0), TriggerBuilder.newTrigger().build()));
    one.start();
    two.start();
    Runs.await(ONCE + REPEATED + 2, TimeUnit.SECONDS.toNanos(120));
    afterwards(one, two);
    one.shutdown(true);
    two.shutdown(true);
    Runs.print();
    Scheduler later = scheduler("later");
    Page.say("later", names(later));
    Page.say(
        "count kept", later.getJobDetail(JobKey.jobKey("counting")).getJobDataMap().get("count"));
    Page.say("deleted", later.deleteJob(JobKey.jobKey("counting")));
    Page.say("paused", later.getTriggerState(TriggerKey.triggerKey("far")));
    later.shutdown(true);
  }

  private static Set<String> names(Scheduler scheduler) throws SchedulerException {
    Set<String> names = new TreeSet<>();
    for (JobKey key : scheduler.getJobKeys(GroupMatcher.anyJobGroup())) {
      names.add(key.getName());
    }
    return names;
  }

  private static JobDetail once(int number) {
    return JobBuilder.newJob(Writes.class).withIdentity("once " + number).build();
  }

  private static void schedule(Scheduler scheduler) throws SchedulerException {
    for (int i = 0; i < ONCE; i++) {
      Date unused =
          scheduler.scheduleJob(
              once(i), TriggerBuilder.newTrigger().withIdentity("once " + i).startNow().build());
    }
    JobDetail counting =
        JobBuilder.newJob(Counts.class)
            .withIdentity("counting")
            .usingJobData("count", 0)
            .storeDurably()
            .build();
    Date unused =
        scheduler.scheduleJob(
            counting,
            TriggerBuilder.newTrigger()
                .withIdentity("counting")
                .withSchedule(
                    SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(20)
                        .withRepeatCount(REPEATED - 1))
                .build());
    // Too late by more than the threshold: a misfire.
    for (boolean fires : new boolean[] {true, false}) {
      SimpleScheduleBuilder schedule = SimpleScheduleBuilder.simpleSchedule();
      schedule =
          fires
              ? schedule.withMisfireHandlingInstructionFireNow()
              : schedule.withMisfireHandlingInstructionIgnoreMisfires();
      Date misfired =
          scheduler.scheduleJob(
              JobBuilder.newJob(Writes.class).withIdentity("missed " + fires).build(),
              TriggerBuilder.newTrigger()
                  .withIdentity("missed " + fires)
                  .startAt(new Date(System.currentTimeMillis() - TimeUnit.HOURS.toMillis(1)))
                  .withSchedule(schedule)
                  .build());
      Page.say("missed", misfired.before(new Date()));
    }
    Date far =
        scheduler.scheduleJob(
            JobBuilder.newJob(Writes.class).withIdentity("far").build(),
            TriggerBuilder.newTrigger()
                .withIdentity("far")
                .startAt(new Date(System.currentTimeMillis() + TimeUnit.DAYS.toMillis(1)))
                .build());
    Page.say("far", far.after(new Date()));
  }

  /** What one has written the other one sees. */
  private static void afterwards(Scheduler one, Scheduler two) throws SchedulerException {
    one.pauseTrigger(TriggerKey.triggerKey("far"));
    Page.say("paused", two.getTriggerState(TriggerKey.triggerKey("far")));
    two.addJob(JobBuilder.newJob(Writes.class).withIdentity("added").storeDurably().build(), true);
    Page.say("added", one.checkExists(JobKey.jobKey("added")));
    Page.say("deleted", one.deleteJob(JobKey.jobKey("added")));
    Page.say("gone", !two.checkExists(JobKey.jobKey("added")));
  }

  private Scheduler scheduler(String id) throws SchedulerException {
    Properties properties = new Properties();
    properties.put("org.quartz.scheduler.instanceName", NAME);
    properties.put("org.quartz.scheduler.instanceId", id);
    properties.put("org.quartz.scheduler.skipUpdateCheck", "true");
    properties.put("org.quartz.scheduler.idleWaitTime", "1000");
    properties.put("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.put("org.quartz.threadPool.threadCount", "2");
    properties.put("org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.put(
        "org.quartz.jobStore.driverDelegateClass",
        "org.quartz.impl.jdbcjobstore."
            + (access.isMariadb() || access.isMysql() ? "StdJDBCDelegate" : "PostgreSQLDelegate"));
    // SQLite's driver has no getBlob; the delegate for PostgreSQL reads bytes.
    properties.put("org.quartz.jobStore.dataSource", id);
    properties.put("org.quartz.jobStore.isClustered", "true");
    properties.put("org.quartz.jobStore.clusterCheckinInterval", "500");
    properties.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
    if (access.isSqlite()) {
      // It has no FOR UPDATE.
      properties.put(
          "org.quartz.jobStore.lockHandler.class",
          "org.quartz.impl.jdbcjobstore.UpdateLockRowSemaphore");
    }
    String source = "org.quartz.dataSource." + id + ".";
    properties.put(source + "connectionProvider.class", PoolProvider.class.getName());
    properties.put(source + "url", access.url());
    properties.put(source + "user", access.user() == null ? "" : access.user());
    properties.put(source + "password", access.password() == null ? "" : access.password());
    Scheduler scheduler = new StdSchedulerFactory(properties).getScheduler();
    // Else the next one of the cluster would be this one.
    boolean unused = SchedulerRepository.getInstance().remove(NAME);
    return scheduler;
  }

  /** By Quartz's own script; SQLite, for which there is none, by MySQL's. */
  private void tables() throws Exception {
    String script = access.isPostgres() ? "tables_postgres.sql" : "tables_mysql_innodb.sql";
    String sql;
    try (InputStream in =
        Scheduler.class.getResourceAsStream("/org/quartz/impl/jdbcjobstore/" + script)) {
      sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    if (access.isSqlite()) {
      sql = sql.replace("ENGINE=InnoDB", "").replaceAll("(?m)^INDEX.*$", "");
    }
    sql = sql.replaceAll("(?m)^(#|--).*$", "");
    try (Connection connection = access.connect();
        Statement statement = connection.createStatement()) {
      for (String part : List.of(sql.split(";", -1))) {
        if (!part.isBlank() && !part.trim().equalsIgnoreCase("commit")) {
          boolean unused = statement.execute(part.trim());
        }
      }
    }
  }
}
