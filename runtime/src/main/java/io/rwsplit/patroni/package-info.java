/** What Patroni's REST says of the servers: who leads, and who is to be left alone. */
package io.rwsplit.patroni;
