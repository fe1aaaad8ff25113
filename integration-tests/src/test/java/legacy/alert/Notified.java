package legacy.alert;

import java.lang.management.ManagementFactory;
import javax.management.MBeanServer;
import javax.management.Notification;
import javax.management.NotificationListener;
import javax.management.ObjectName;
import legacy.http.Steered;

/**
 * A {@link Steered} that prints each notification of the agent's, as {@code NOTIFIED type message}.
 */
public final class Notified implements NotificationListener {
  private Notified() {}

  /** Arguments: those of {@link Steered}. */
  public static void main(String[] args) throws Exception {
    Thread listening =
        new Thread(
            () -> {
              try {
                listen();
              } catch (Exception e) {
                System.out.println("NOT NOTIFIED: " + e);
              }
            });
    listening.setDaemon(true);
    listening.start();
    Steered.main(args);
  }

  private static void listen() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName name = new ObjectName("io.rwsplit:type=Alerts");
    while (!server.isRegistered(name)) {
      Thread.sleep(20);
    }
    server.addNotificationListener(name, new Notified(), null, null);
    System.out.println("LISTENS " + ((String[]) server.getAttribute(name, "Active")).length);
  }

  @Override
  public void handleNotification(Notification notification, Object handback) {
    System.out.println("NOTIFIED " + notification.getType() + " " + notification.getMessage());
    System.out.println("DATA " + notification.getUserData());
  }
}
