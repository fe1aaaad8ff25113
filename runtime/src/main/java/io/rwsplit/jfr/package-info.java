/** Events of JDK Flight Recorder, where the JVM has it and somebody wants them. */
package io.rwsplit.jfr;
