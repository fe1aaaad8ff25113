package io.rwsplit.jmx;

/** The MBean: hands everything on. Thread-safe. */
final class Routing implements RoutingMBean {
  private final Source source;

  Routing(Source source) {
    this.source = source;
  }

  @Override
  public boolean isEnabled() {
    return source.isEnabled();
  }

  @Override
  public void setEnabled(boolean enabled) {
    source.enable(enabled);
  }

  @Override
  public String getPassThrough() {
    String why = source.passThrough();
    return why == null ? "" : why;
  }

  @Override
  public String getCircuit() {
    return source.circuit().name();
  }

  @Override
  public long getCircuitOpened() {
    return source.circuitOpened();
  }

  @Override
  public long getFaults() {
    return source.faults();
  }

  @Override
  public long getOnReplicas() {
    return source.onReplicas();
  }

  @Override
  public long getOnMaster() {
    return source.onMaster();
  }
}
