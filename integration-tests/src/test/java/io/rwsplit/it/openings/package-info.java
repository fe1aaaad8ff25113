/** Replicas that pass their checks and take no further connection. */
package io.rwsplit.it.openings;
