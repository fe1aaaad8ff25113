/**
 * What woven driver code calls. These classes live in the boot loader, so that every driver sees
 * them, and are compiled against java.base only: on Java 9 and later the boot loader does not see
 * {@code java.sql}, hence the {@code Object} signatures.
 *
 * <p>Woven code reads one injected field and makes one virtual call; everything behind these
 * abstract classes is in the isolated loader.
 */
package io.rwsplit.bootstrap;
