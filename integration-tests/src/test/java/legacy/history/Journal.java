package legacy.history;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/**
 * What one thread did, as lines: {@code W|R thread connection begin end outcome key=version…}.
 * Confined to its thread until it has ended.
 */
final class Journal {
  private final int thread;
  private final List<String> lines = new ArrayList<String>();
  private final StringBuilder observed = new StringBuilder();

  Journal(int thread) {
    this.thread = thread;
  }

  /** Adds a key with its version to the event that comes next. */
  void note(String key, long version) {
    observed.append(' ').append(key).append('=').append(version);
  }

  /** Forgets what was noted for an event that did not come about. */
  void drop() {
    observed.setLength(0);
  }

  /** The noted versions were written. */
  void wrote(int connection, long begin, long end, String outcome) {
    event('W', connection, begin, end, outcome);
  }

  /** The noted versions were read in one statement or transaction. */
  void read(int connection, long begin, long end, String form) {
    event('R', connection, begin, end, form);
  }

  private void event(char kind, int connection, long begin, long end, String outcome) {
    StringBuilder line = new StringBuilder();
    line.append(kind).append(' ').append(thread).append(' ').append(connection).append(' ');
    line.append(begin).append(' ').append(end).append(' ').append(outcome).append(observed);
    observed.setLength(0);
    lines.add(line.toString());
  }

  void print(Writer to) throws IOException {
    for (String line : lines) {
      to.write(line);
      to.write('\n');
    }
  }
}
