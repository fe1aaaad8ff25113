package io.rwsplit.jmx;

import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** An MBean at the platform's server. Thread-safe. */
public final class Registration {
  /** Its name; behind it that of the group, and a number when another's is the same. */
  private static final String NAME = "io.rwsplit:type=Routing";

  private static final int MOST = 100;

  private final ObjectName name;

  private Registration(ObjectName name) {
    this.name = name;
  }

  /**
   * Registers the routing of one group.
   *
   * @param group the name of the group; empty for the one without
   * @throws IllegalStateException with what the server says
   */
  public static Registration of(Source source, String group) {
    try {
      return register(source, group);
    } catch (JMException e) {
      throw new IllegalStateException("the MBean server refuses", e);
    }
  }

  private static Registration register(Source source, String group) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    StandardMBean bean = new StandardMBean(new Routing(source), RoutingMBean.class);
    String base = group.isEmpty() ? NAME : NAME + ",group=" + group;
    for (int i = 1; ; i++) {
      ObjectName name = new ObjectName(i == 1 ? base : base + ",number=" + i);
      try {
        return new Registration(server.registerMBean(bean, name).getObjectName());
      } catch (InstanceAlreadyExistsException e) {
        // Of another copy of the agent, or of a group that ends just now.
        if (i == MOST) {
          throw e;
        }
      }
    }
  }

  /** The group is over. */
  public void end() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (JMException e) {
      // Somebody else has done it.
    }
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
