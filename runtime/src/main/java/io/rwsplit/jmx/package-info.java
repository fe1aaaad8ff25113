/** What JMX shows and switches; loaded only where {@code rwsplit.jmx} asks for it. */
package io.rwsplit.jmx;
