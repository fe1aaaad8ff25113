/** Applications that outlive their master: real servers, promoted by the tests. */
package io.rwsplit.it.failover;
