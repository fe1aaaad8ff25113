package io.rwsplit.session;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The state a session has given its connection, as far as replica connections can be given it too:
 * what differs from a freshly opened connection, in the order it was set. Immutable; a change makes
 * a new one, so that a lease that holds the same object needs no second look.
 */
public final class SessionSettings {
  /** Nothing was set. */
  public static final SessionSettings NONE = new SessionSettings(Collections.<Setting>emptyList());

  private final List<Setting> settings;
  private final int hash;

  private SessionSettings(List<Setting> settings) {
    this.settings = settings;
    this.hash = settings.hashCode();
  }

  /** The settings in the order they were made; not to be modified. */
  public List<Setting> all() {
    return settings;
  }

  /** The setting of this key, or null. */
  public Setting get(String key) {
    for (Setting setting : settings) {
      if (setting.key().equals(key)) {
        return setting;
      }
    }
    return null;
  }

  /** True when both have the current database that the other has, or neither has set one. */
  @SuppressWarnings("ReferenceEquality") // mostly it is the same object
  public boolean sameDatabase(SessionSettings other) {
    if (this == other) {
      return true;
    }
    Setting mine = get(Setting.DATABASE);
    Setting theirs = other.get(Setting.DATABASE);
    return mine == null ? theirs == null : mine.equals(theirs);
  }

  /** These and one more, which replaces an earlier one of its key. */
  public SessionSettings with(Setting added) {
    if (added.equals(get(added.key()))) {
      return this;
    }
    List<Setting> changed = copyWithout(added.key());
    changed.add(added);
    return new SessionSettings(changed);
  }

  /** These without the one of the key. */
  public SessionSettings without(String key) {
    if (get(key) == null) {
      return this;
    }
    List<Setting> left = copyWithout(key);
    return left.isEmpty() ? NONE : new SessionSettings(left);
  }

  private List<Setting> copyWithout(String key) {
    List<Setting> copy = new ArrayList<>(settings.size() + 1);
    for (Setting setting : settings) {
      if (!setting.key().equals(key)) {
        copy.add(setting);
      }
    }
    return copy;
  }

  /** Equal settings in the same order. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof SessionSettings
            && hash == ((SessionSettings) other).hash
            && settings.equals(((SessionSettings) other).settings));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
