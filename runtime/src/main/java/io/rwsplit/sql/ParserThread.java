package io.rwsplit.sql;

import io.rwsplit.log.LogScope;
import io.rwsplit.thread.OwnThreads;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.StringProvider;
import net.sf.jsqlparser.statement.Statement;

/**
 * The one thread that runs JSqlParser: with a stack of its own, so that no nesting can overflow the
 * application's, and with a bound on time.
 *
 * <p>JSqlParser's classes are loaded by the first task, not before. A parse that ignores its
 * interruption is left behind and the thread is replaced; while a few are left behind nothing is
 * parsed any more. Idle threads end.
 */
class ParserThread {
  /** Stack for JSqlParser's recursive descent. */
  private static final long STACK_BYTES = 16L * 1024 * 1024;

  /** A parse is interrupted after this long. */
  static final long PARSE_MILLIS = 100;

  /** A parse that has not ended so long after its interruption never will. */
  private static final long STUCK_MILLIS = 5000;

  /** JSqlParser's complex parsing takes time exponential in the nesting: not beyond this. */
  private static final int MAX_COMPLEX_DEPTH = 4;

  /** Tasks waiting; more are refused. */
  private static final int QUEUE = 256;

  /** Threads that may be left behind at a time. */
  private static final int MAX_ABANDONED = 2;

  private static final long IDLE_SECONDS = 60;

  private final BlockingQueue<Task> queue = new ArrayBlockingQueue<>(QUEUE);
  private final Object lock = new Object();
  private final String name = LogScope.threadName("sql-parser");
  private final String scope = LogScope.current();
  private Worker worker;
  private int abandoned;

  /** One text to be parsed and proven; the result is set once. */
  abstract static class Task {
    private final CountDownLatch done = new CountDownLatch(1);

    /** Runs on the parser's thread. */
    abstract void run(Parse parse);

    /**
     * Runs when it was not brought to its end.
     *
     * @param again false when it would only take another thread to be left behind
     */
    abstract void cutOff(boolean again);

    /** True when it was run, whatever came of it. */
    boolean isDone() {
      return done.getCount() == 0;
    }

    /** Waits; false when the time is over first, or this thread is interrupted. */
    boolean await(long millis) {
      try {
        return done.await(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }

  /** The parser in use by one task, so that it can be interrupted from outside. */
  static final class Parse {
    private volatile CCJSqlParser parser;
    private volatile boolean interrupted;
    private boolean outOfMemory;

    /** The tree, or null when the text cannot be parsed. Heeds {@link #interrupt()}. */
    Statement parse(String text, int depth) {
      try {
        return statement(new QuietParser(text).withAllowComplexParsing(false));
      } catch (Exception | Error simpleFailed) {
        outOfMemory = simpleFailed instanceof OutOfMemoryError;
        if (simpleFailed instanceof StackOverflowError || isCutOff() || depth > MAX_COMPLEX_DEPTH) {
          return null;
        }
      }
      try {
        return statement(new QuietParser(text).withAllowComplexParsing(true));
      } catch (Exception | Error e) {
        outOfMemory = e instanceof OutOfMemoryError;
        return null;
      }
    }

    /** What was interrupted may have taken a wrong turn, whatever has come of it. */
    private Statement statement(CCJSqlParser next) throws ParseException {
      parser = next;
      if (interrupted) {
        return null;
      }
      Statement tree = next.Statement();
      return interrupted ? null : tree;
    }

    /** True when there is no tree for a reason that another time may not have. */
    boolean isCutOff() {
      return interrupted || outOfMemory;
    }

    void interrupt() {
      interrupted = true;
      CCJSqlParser p = parser;
      if (p != null) {
        p.interrupted = true;
      }
    }
  }

  /** False when too many threads had to be left behind. */
  boolean isUsable() {
    synchronized (lock) {
      return abandoned <= MAX_ABANDONED;
    }
  }

  /**
   * A parser whose syntax errors say nothing. JavaCC scans everything again for the list of
   * expected tokens, which takes seconds for a few nested parentheses.
   */
  private static final class QuietParser extends CCJSqlParser {
    QuietParser(String text) {
      super(new StringProvider(text));
    }

    @Override
    public ParseException generateParseException() {
      return new ParseException("syntax error");
    }
  }

  /** A task begins. */
  Parse newParse() {
    return new Parse();
  }

  /** Queues a task; false when it will not be run. */
  boolean submit(Task task) {
    synchronized (lock) {
      if (worker != null && worker.isStuck()) {
        Worker stuck = worker;
        worker = null;
        abandoned++;
        stuck.abandon();
      }
      if (abandoned > MAX_ABANDONED || !queue.offer(task)) {
        return false;
      }
      begin();
      return true;
    }
  }

  /** Under the lock. A thread that cannot be had is tried for again with the next text. */
  private void begin() {
    if (worker == null) {
      Worker fresh = new Worker();
      fresh.start();
      worker = fresh;
    }
  }

  private final class Worker implements Runnable {
    private volatile boolean left;
    private volatile Task current;
    private volatile Parse parse;
    private volatile long startedNanos;

    /** When the running parse was interrupted; only meant once it was. */
    private long interruptedNanos;

    private Parse interruptedParse;

    void start() {
      OwnThreads.daemon(name, LogScope.in(scope, this), STACK_BYTES).start();
    }

    /**
     * Interrupts an overdue parse; true when that did not help for long. A process that stood still
     * meanwhile is no proof of that. Under the lock.
     */
    boolean isStuck() {
      Parse running = parse;
      if (current == null || running == null) {
        return false;
      }
      long now = System.nanoTime();
      if (running == interruptedParse) {
        return (now - interruptedNanos) / 1_000_000 > STUCK_MILLIS;
      }
      if ((now - startedNanos) / 1_000_000 > PARSE_MILLIS) {
        running.interrupt();
        interruptedParse = running;
        interruptedNanos = now;
      }
      return false;
    }

    void abandon() {
      left = true;
      Task task = current;
      if (task != null) {
        task.cutOff(false);
        task.done.countDown();
      }
    }

    @Override
    public void run() {
      try {
        work();
      } catch (InterruptedException e) {
        // The thread ends.
      } catch (Throwable t) {
        // Out of memory or stack, where not even a task could be ended: the next thread goes on.
      } finally {
        synchronized (lock) {
          worker = worker == this ? null : worker;
          abandoned -= left ? 1 : 0;
        }
      }
    }

    private void work() throws InterruptedException {
      // the time that loading the parser's classes takes is nobody's overdue parse
      new Parse().parse("SELECT a FROM b WHERE c = ?", 0);
      while (!left) {
        Task task = queue.poll(IDLE_SECONDS, TimeUnit.SECONDS);
        if (task == null) {
          synchronized (lock) {
            if (queue.isEmpty()) {
              worker = worker == this ? null : worker;
              return;
            }
          }
          continue;
        }
        runOne(task);
      }
    }

    private void runOne(Task task) {
      try {
        Parse next = newParse();
        startedNanos = System.nanoTime();
        parse = next;
        current = task;
        task.run(next);
      } catch (Throwable t) {
        task.cutOff(true);
      } finally {
        current = null;
        task.done.countDown();
      }
    }
  }

  /**
   * Interrupts the running parse when it is overdue, and has a thread that a fault has ended
   * followed by another. Callers that wait call this.
   */
  void checkOverdue() {
    synchronized (lock) {
      if (worker != null) {
        worker.isStuck();
      } else if (!queue.isEmpty()) {
        begin();
      }
    }
  }
}
