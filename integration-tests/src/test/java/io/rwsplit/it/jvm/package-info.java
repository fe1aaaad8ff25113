/** The ways a JVM can be started in: releases, modules, archives, threads, other agents. */
package io.rwsplit.it.jvm;
