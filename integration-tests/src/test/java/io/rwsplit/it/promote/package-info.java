/** Masters that die and are replaced by the agents, on real servers. */
package io.rwsplit.it.promote;
