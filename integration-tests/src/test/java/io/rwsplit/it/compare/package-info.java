/** Reads that the agent runs again on master and replica: no false alarm, and none missed. */
package io.rwsplit.it.compare;
