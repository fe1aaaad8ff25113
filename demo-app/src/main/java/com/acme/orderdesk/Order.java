package com.acme.orderdesk;

/** An order as its clerk knows it after the commit. Immutable. */
final class Order {

  private final long id;
  private final String reference;
  private final long totalCents;
  private final int lines;

  Order(long id, String reference, long totalCents, int lines) {
    this.id = id;
    this.reference = reference;
    this.totalCents = totalCents;
    this.lines = lines;
  }

  long id() {
    return id;
  }

  String reference() {
    return reference;
  }

  long totalCents() {
    return totalCents;
  }

  int lines() {
    return lines;
  }

  @Override
  public String toString() {
    return "order " + id + " (" + reference + ")";
  }
}
