package io.rwsplit.jmx;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** The MBean that reads the configuration file again. Thread-safe. */
public final class ConfigurationBean implements ConfigurationMBean {
  private static final String NAME = "io.rwsplit:type=Configuration";
  private static final int MOST = 100;

  private final String file;
  private final Supplier<List<String>> reload;

  private ConfigurationBean(String file, Supplier<List<String>> reload) {
    this.file = file;
    this.reload = reload;
  }

  /**
   * Registers one.
   *
   * @param file path of the configuration file
   * @param reload reads it again, and says what has come of it
   * @return its name
   * @throws JMException what the server says
   */
  public static String register(String file, Supplier<List<String>> reload) throws JMException {
    StandardMBean bean =
        new StandardMBean(new ConfigurationBean(file, reload), ConfigurationMBean.class);
    for (int i = 1; ; i++) {
      ObjectName name = new ObjectName(i == 1 ? NAME : NAME + ",number=" + i);
      try {
        return ManagementFactory.getPlatformMBeanServer()
            .registerMBean(bean, name)
            .getObjectName()
            .toString();
      } catch (InstanceAlreadyExistsException e) {
        // Of another copy of the agent.
        if (i == MOST) {
          throw e;
        }
      }
    }
  }

  @Override
  public String getFile() {
    return file;
  }

  @Override
  public String[] reload() {
    return reload.get().toArray(new String[0]);
  }
}
