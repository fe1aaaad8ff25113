/** Compares what replicas hold with what their master holds, over connections of its own. */
package io.rwsplit.cli.data;
