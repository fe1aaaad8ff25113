package legacy.chaos;

import java.lang.reflect.Constructor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * What the struck methods call first. By a seeded chance it throws, blocks, or eats the memory.
 *
 * <p>System properties: {@code chaos.seed}; {@code chaos.kinds}, some of {@code
 * throw,sql,block,hang,oom,unlinked,fill}; {@code chaos.rate}, one call in so many; {@code
 * chaos.from} and {@code chaos.until}, the milliseconds since the start between which it strikes;
 * {@code chaos.tells}, for every stack.
 */
public final class Strikes {
  private static final long SEED = Long.getLong("chaos.seed", 1);
  private static volatile String[] kinds = System.getProperty("chaos.kinds", "throw").split(",");
  private static volatile int rate = Integer.getInteger("chaos.rate", 100);
  private static final long FROM = Integer.getInteger("chaos.from", 0) * 1_000_000L;
  private static final long UNTIL = Integer.getInteger("chaos.until", 1_000_000) * 1_000_000L;

  /** Of the application's threads: nobody can outlast a method of ours on the same thread. */
  private static final long SHORT_BLOCK_NANOS = 60_000_000;

  /** All of that together, so that a test ends. */
  private static final long MOST_SHORT_NANOS = 3_000_000_000L;

  /** Each takes ten collections of a full heap, which are seconds on a slow machine. */
  private static final int MOST_FILLED = 5;

  private static final long LONG_BLOCK_NANOS = 4_000_000_000L;

  /** By reflection: from Java 9 on the boot loader, which has this class, has no java.sql. */
  private static final Constructor<?> SQL = sqlException();

  static {
    // Loads what it needs while nothing is being loaded.
    boolean unused = isSaying();
  }

  private static final boolean TELLS = Boolean.getBoolean("chaos.tells");
  private static final long BEGAN = System.nanoTime();
  private static final AtomicLong CALLS = new AtomicLong();
  private static final AtomicLong STRUCK = new AtomicLong();
  private static final AtomicLong BLOCKED = new AtomicLong();
  private static final AtomicInteger FILLED = new AtomicInteger();
  private static volatile boolean begun = !Boolean.getBoolean("chaos.waits");
  private static volatile boolean over;

  /** By half of its number, a method as {@code io/rwsplit/sql/Type.name}. */
  private static final String[] METHODS = new String[1 << 15];

  /** By half of its number, whether a method is struck; null: all are. */
  private static volatile boolean[] aimed;

  private static Pattern aimedAt;

  /** The only thread that is struck, by {@link #beginOnce}; null else. */
  private static volatile Thread onlyThread;

  /** Calls until that strike; used by that thread. */
  private static int callsLeft;

  /** Calls from that strike to a second one, or 0; used by that thread. */
  private static int callsBetween;

  private static int onceDice;

  /** What they have struck; null before. Used by that thread. */
  private static String struckOnce;

  /** Half of the number of a method whose calls are counted, or -1. */
  private static volatile int counted = -1;

  private static final AtomicLong COUNTED = new AtomicLong();

  private Strikes() {}

  private static Constructor<?> sqlException() {
    try {
      return Class.forName("java.sql.SQLException", true, ClassLoader.getSystemClassLoader())
          .getConstructor(String.class, String.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("java.sql", e);
    }
  }

  /** From now on, with {@code chaos.waits}. */
  public static void begin() {
    begun = true;
  }

  /**
   * From now on, in some of the methods.
   *
   * @param newKinds as {@code chaos.kinds} has them
   * @param newRate one call in so many
   * @param methods a regular expression that is found in {@code io/rwsplit/sql/Type.name}
   */
  public static synchronized void begin(String newKinds, int newRate, String methods) {
    Pattern pattern = Pattern.compile(methods);
    boolean[] aim = new boolean[METHODS.length];
    for (int i = 0; i < METHODS.length; i++) {
      aim[i] = METHODS[i] != null && pattern.matcher(METHODS[i]).find();
    }
    aimedAt = pattern;
    aimed = aim;
    kinds = newKinds.split(",");
    rate = newRate;
    BLOCKED.set(0);
    over = false;
    begun = true;
  }

  /**
   * From now on, in one call of the current thread, or in two.
   *
   * @param newKind as {@code chaos.kinds} has it
   * @param call counted from 1
   * @param second how many calls after it, of those that may be a second strike; or 0
   */
  public static void beginOnce(String newKind, int call, int second) {
    kinds = new String[] {newKind};
    callsLeft = call;
    callsBetween = second;
    onceDice = call;
    struckOnce = null;
    aimed = null;
    over = false;
    onlyThread = Thread.currentThread();
    begun = true;
  }

  /** Ends that; returns what was struck, or null. */
  public static String endOnce() {
    over = true;
    onlyThread = null;
    return struckOnce;
  }

  /** True when a method is there that is counted: {@code chaos.counted}. */
  public static boolean counts() {
    return counted >= 0;
  }

  /** Calls of that method. */
  public static long counted() {
    return COUNTED.get();
  }

  /** A method is there to be struck; called before its class is. */
  static synchronized void enroll(int number, String method) {
    METHODS[number >> 1] = method;
    if (method.equals(System.getProperty("chaos.counted"))) {
      counted = number >> 1;
    }
    boolean[] aim = aimed;
    if (aim != null) {
      aim[number >> 1] = aimedAt.matcher(method).find();
    }
  }

  /** No more of them; who is blocked goes on. */
  public static void end() {
    over = true;
  }

  /** How many there were. */
  public static long struck() {
    return STRUCK.get();
  }

  /**
   * A method was entered.
   *
   * @param method its number; odd when it may throw a SQLException
   */
  public static void at(int method) throws Exception {
    if (method >> 1 == counted) {
      COUNTED.incrementAndGet();
    }
    Thread only = onlyThread;
    if (only != null) {
      once(only, method);
      return;
    }
    long now = System.nanoTime() - BEGAN;
    boolean[] aim = aimed;
    if (!begun || over || now < FROM || now > UNTIL || (aim != null && !aim[method >> 1])) {
      return;
    }
    long dice = mix(SEED * 0x9E3779B97F4A7C15L + CALLS.getAndIncrement());
    if (Long.remainderUnsigned(dice, rate) != 0) {
      return;
    }
    STRUCK.incrementAndGet();
    if (TELLS) {
      new Throwable("strike in method " + method + " on " + Thread.currentThread().getName())
          .printStackTrace();
    }
    dice = mix(dice);
    String[] chosen = kinds;
    strike(chosen[(int) Long.remainderUnsigned(dice, chosen.length)], method, mix(dice));
  }

  private static void once(Thread only, int method) throws Exception {
    if (over || Thread.currentThread() != only || callsLeft == 0) {
      return;
    }
    if ((struckOnce != null && !isSecond(method)) || --callsLeft != 0) {
      return;
    }
    if (isInitialising()) {
      callsLeft = 1;
      return;
    }
    STRUCK.incrementAndGet();
    struckOnce = (struckOnce == null ? "" : struckOnce + " and ") + METHODS[method >> 1];
    callsLeft = callsBetween;
    callsBetween = 0;
    onceDice++;
    if (TELLS) {
      new Throwable("strike of " + struckOnce).printStackTrace();
    }
    strike(kinds[0], method, onceDice);
  }

  /**
   * False in what says the first strike, and in loading the classes that handlers catch: for what
   * the JVM does to find a handler there is none.
   */
  private static boolean isSecond(int method) {
    return !METHODS[method >> 1].startsWith("io/rwsplit/agent/") && !isSaying();
  }

  /** True in a static initialiser: the JVM remembers for good that one has failed. */
  private static boolean isInitialising() {
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (frame.getMethodName().equals("<clinit>")
          && frame.getClassName().startsWith("io.rwsplit.")) {
        return true;
      }
    }
    return false;
  }

  /** True inside of what counts and logs a fault, which has a guard of its own. */
  private static boolean isSaying() {
    for (StackTraceElement frame : new Throwable().getStackTrace()) {
      if (frame.getMethodName().equals("fault") && frame.getClassName().startsWith("io.rwsplit.")) {
        return true;
      }
    }
    return false;
  }

  private static void strike(String kind, int method, long dice) throws Exception {
    switch (kind) {
      case "sql":
        if ((method & 1) != 0) {
          throw (Exception) SQL.newInstance("chaos in method " + method, "58000");
        }
        throw new IllegalStateException("chaos in method " + method);
      case "block":
        block(LONG_BLOCK_NANOS);
        break;
      case "hang":
        block(Long.MAX_VALUE / 2);
        break;
      case "oom":
        throw new OutOfMemoryError("chaos in method " + method);
      case "unlinked":
        throw new NoClassDefFoundError("chaos in method " + method);
      case "fill":
        // On another thread than the application's, that would meet the end of memory in its own
        // code, where no agent can help it.
        if (isOurs() || FILLED.incrementAndGet() > MOST_FILLED) {
          throw new OutOfMemoryError("chaos in method " + method);
        }
        fill();
        break;
      default:
        throwOne(method, (int) Long.remainderUnsigned(dice, 6));
    }
  }

  private static void throwOne(int method, int which) throws Exception {
    String message = "chaos in method " + method;
    switch (which) {
      case 0:
        throw new StackOverflowError(message);
      case 1:
        throw new NoClassDefFoundError(message);
      case 2:
        throw new AssertionError(message);
      case 3:
        throw new InterruptedException(message);
      case 4:
        throw new NullPointerException(message);
      default:
        throw new IllegalStateException(message);
    }
  }

  private static boolean isOurs() {
    return Thread.currentThread().getName().startsWith("rwsplit-");
  }

  /** On a thread of the application's never for long. */
  private static void block(long oursNanos) {
    boolean ours = isOurs();
    long nanos = ours ? oursNanos : SHORT_BLOCK_NANOS;
    if (!ours && BLOCKED.addAndGet(nanos) > MOST_SHORT_NANOS) {
      return;
    }
    long until = System.nanoTime() + nanos;
    while (!over && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  /** A real one: until the heap is full. */
  private static void fill() {
    Object[] chain = null;
    for (int size = 1 << 18; ; size >>= 4) {
      try {
        while (true) {
          Object[] more = new Object[size];
          more[0] = chain;
          chain = more;
        }
      } catch (OutOfMemoryError e) {
        if (size == 4 && chain != null) {
          throw e;
        }
      }
    }
  }

  private static long mix(long z) {
    long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
    return b ^ (b >>> 31);
  }
}
