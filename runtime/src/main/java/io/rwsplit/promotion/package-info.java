/**
 * Failover by promotion on servers: who may become the master, who of several JVMs may decide it,
 * and what is done to the servers then.
 */
package io.rwsplit.promotion;
