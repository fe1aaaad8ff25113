/** Commits that wait for replicas, and what is asked of replication from outside. */
package io.rwsplit.it.sync;
