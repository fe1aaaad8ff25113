/**
 * Where a statement goes and why: reasons, the policy, and the strategies that choose among
 * replicas. Pure; knows nothing of connections.
 */
package io.rwsplit.route;
