/**
 * Weaves the classes of JDBC drivers in place: the application keeps the driver's own objects,
 * whose methods ask an injected hook first.
 */
package io.rwsplit.weave;
