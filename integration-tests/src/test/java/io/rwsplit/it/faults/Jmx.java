package io.rwsplit.it.faults;

import com.sun.tools.attach.VirtualMachine;
import io.rwsplit.it.ForkedJvm;
import java.io.IOException;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The agent's MBean in another JVM, as jconsole would see it. */
public final class Jmx implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection server;
  private final ObjectName name;

  /**
   * Connects to a JVM that runs, whether the MBean is there yet or not.
   *
   * @param begun what the application prints when it has begun
   */
  @SuppressWarnings("BanJNDI") // an address of this machine's
  public Jmx(ForkedJvm app, String begun) throws Exception {
    // A JVM that is just starting cannot be attached to.
    app.awaitOut(begun::equals, 120);
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(app.process().pid()));
    try {
      String address = machine.startLocalManagementAgent();
      connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
    } finally {
      machine.detach();
    }
    server = connector.getMBeanServerConnection();
    name = new ObjectName("io.rwsplit:type=Routing");
  }

  /** Waits until the MBean is there. */
  public void await() throws Exception {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (!server.isRegistered(name)) {
      if (System.nanoTime() - deadline > 0) {
        throw new InstanceNotFoundException(name.toString());
      }
      Thread.sleep(10);
    }
  }

  /** Lets another MBean do something that takes nothing, as soon as it is there. */
  public Object call(String bean, String operation) throws Exception {
    ObjectName other = new ObjectName(bean);
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (!server.isRegistered(other)) {
      if (System.nanoTime() - deadline > 0) {
        throw new InstanceNotFoundException(bean);
      }
      Thread.sleep(10);
    }
    return server.invoke(other, operation, new Object[0], new String[0]);
  }

  public void enable(boolean on) throws Exception {
    server.setAttribute(name, new Attribute("Enabled", on));
  }

  public Object get(String attribute) throws Exception {
    return server.getAttribute(name, attribute);
  }

  public long number(String attribute) throws Exception {
    return (Long) get(attribute);
  }

  /** Waits until a counter is greater. */
  public void awaitMore(String attribute, long than) throws Exception {
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (number(attribute) <= than) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(attribute + " is " + number(attribute) + " after 120 s");
      }
      Thread.sleep(5);
    }
  }

  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // The application has ended before.
    }
  }
}
