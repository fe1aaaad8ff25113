/**
 * Which server is the master: roles by asking the servers, and the choice among those that claim.
 */
package io.rwsplit.failover;
