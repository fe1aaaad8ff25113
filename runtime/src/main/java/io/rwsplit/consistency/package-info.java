/** Which writes a session must see, and which replicas have them. */
package io.rwsplit.consistency;
