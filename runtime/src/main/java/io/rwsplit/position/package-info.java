/** Asks servers how far they are: the master's position, and what its replicas have reached. */
package io.rwsplit.position;
