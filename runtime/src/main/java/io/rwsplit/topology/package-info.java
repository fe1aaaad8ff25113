/** The replicas, their lag and their health. */
package io.rwsplit.topology;
