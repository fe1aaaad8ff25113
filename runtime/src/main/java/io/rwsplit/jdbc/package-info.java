/**
 * The hooks behind woven connections and statements: they follow the session, ask the policy, and
 * run proven reads on a replica's connection.
 */
package io.rwsplit.jdbc;
