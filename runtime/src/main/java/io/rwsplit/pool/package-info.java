/** Connections to replicas: pools, leases, and statements cached per connection. */
package io.rwsplit.pool;
