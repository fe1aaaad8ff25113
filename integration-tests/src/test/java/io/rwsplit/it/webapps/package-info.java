/** Web applications in real servlet containers. */
package io.rwsplit.it.webapps;
