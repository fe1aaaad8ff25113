package io.rwsplit.jmx;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** Registers the MBean with the platform's server. Stateless. */
public final class Registration {
  /** Its name; behind it that of the group, and a number when another's is the same. */
  private static final String NAME = "io.rwsplit:type=Routing";

  private static final int MOST = 100;

  private Registration() {}

  /**
   * Registers it.
   *
   * @param group the name of the group; empty for the one without
   * @return the name it has
   * @throws JMException what the server says
   */
  public static String register(Source source, String group) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    String base = group.isEmpty() ? NAME : NAME + ",group=" + group;
    String text = base;
    for (int i = 2; server.isRegistered(new ObjectName(text)) && i < MOST; i++) {
      text = base + ",number=" + i;
    }
    server.registerMBean(
        new StandardMBean(new Routing(source), RoutingMBean.class), new ObjectName(text));
    return text;
  }
}
