/** Database engines and JDBC URLs: which database does a URL name, and which classes open it. */
package io.rwsplit.engine;
