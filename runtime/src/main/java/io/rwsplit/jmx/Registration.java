package io.rwsplit.jmx;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Registers the MBean with the platform's server. Stateless. */
public final class Registration {
  /** Its name; with a number behind it when another agent's, or another group's, has that. */
  private static final String NAME = "io.rwsplit:type=Routing";

  private static final int MOST = 100;

  private Registration() {}

  /**
   * Registers it.
   *
   * @return the name it has
   * @throws JMException what the server says
   */
  public static String register(Source source) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    String text = NAME;
    for (int i = 2; server.isRegistered(new ObjectName(text)) && i < MOST; i++) {
      text = NAME + ",number=" + i;
    }
    server.registerMBean(
        new StandardMBean(new Routing(source), RoutingMBean.class), new ObjectName(text));
    return text;
  }
}
