/**
 * The part of the agent the system class loader owns: it finds out whether there is anything to do,
 * sets up the isolated loader and the boot classes, and hands over.
 */
package io.rwsplit.agent;
