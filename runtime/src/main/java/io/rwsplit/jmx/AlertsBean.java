package io.rwsplit.jmx;

import io.rwsplit.alert.ActiveAlert;
import io.rwsplit.alert.Alerts;
import io.rwsplit.alert.Notice;
import io.rwsplit.alert.Sink;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.ObjectName;
import javax.management.StandardEmitterMBean;

/**
 * Sends notices as notifications of an MBean. Listeners run on the sink's thread: one that hangs
 * holds up no other sink. Thread-safe.
 */
public final class AlertsBean extends Sink implements AlertsMBean {
  private static final String NAME = "io.rwsplit:type=Alerts";
  private static final String TYPE = "io.rwsplit.alert.";
  private static final int MOST = 100;

  private final NotificationBroadcasterSupport listeners =
      new NotificationBroadcasterSupport(
          new MBeanNotificationInfo(
              new String[] {TYPE + "raised", TYPE + "escalated", TYPE + "recovered", TYPE + "test"},
              Notification.class.getName(),
              "A notice: its message for people, its user data as JSON has it."));

  private final AtomicLong sent = new AtomicLong();
  private ObjectName name;

  private AlertsBean() {
    super("jmx", 1);
  }

  /**
   * Registers one.
   *
   * @throws JMException what the server says
   */
  public static AlertsBean register() throws JMException {
    AlertsBean bean = new AlertsBean();
    StandardEmitterMBean shown = new StandardEmitterMBean(bean, AlertsMBean.class, bean.listeners);
    for (int i = 1; ; i++) {
      bean.name = new ObjectName(i == 1 ? NAME : NAME + ",number=" + i);
      try {
        Object unused = ManagementFactory.getPlatformMBeanServer().registerMBean(shown, bean.name);
        return bean;
      } catch (InstanceAlreadyExistsException e) {
        // Of another copy of the agent.
        if (i == MOST) {
          throw e;
        }
      }
    }
  }

  @Override
  protected String deliver(Notice notice) {
    Notification notification =
        new Notification(
            TYPE + notice.event(), name, sent.incrementAndGet(), notice.atMillis(), notice.line());
    notification.setUserData(notice.json());
    listeners.sendNotification(notification);
    return "was sent as a notification of " + name;
  }

  @Override
  public String[] getActive() {
    Alerts alerts = Alerts.running();
    List<String> lines = new ArrayList<>();
    if (alerts != null) {
      for (ActiveAlert each : alerts.active()) {
        if (each.suppressedBy() == null) {
          lines.add(each.severity() + " " + each.key() + ": " + each.text());
        }
      }
    }
    return lines.toArray(new String[0]);
  }

  @Override
  public long getSent() {
    return sent.get();
  }
}
