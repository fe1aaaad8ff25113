package io.rwsplit.it.crash;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import legacy.ledger.Books;
import legacy.ledger.Ledger;

/** A sqlite3 shell that writes to the ledger; where none is installed there is none. */
final class ShellWriter implements ForeignWriter {
  private static final String ACK = "ack transfers ";

  private final Process process;
  private final Random random;
  private final List<Long> acknowledged = new ArrayList<>();
  private final Thread reader;
  private final Thread writer;
  private long next;
  private boolean paused;
  private volatile boolean closed;

  private ShellWriter(Process process, int run, long seed) {
    this.process = process;
    this.random = new Random(seed);
    this.next = run * Ledger.RUN + Ledger.RUN / 2;
    this.reader = new Thread(this::read, "shell-reader");
    this.writer = new Thread(this::write, "shell-writer");
    reader.setDaemon(true);
    writer.setDaemon(true);
    reader.start();
    writer.start();
  }

  static boolean isInstalled() {
    for (String directory : System.getenv("PATH").split(File.pathSeparator, -1)) {
      if (new File(directory, "sqlite3").canExecute()) {
        return true;
      }
    }
    return false;
  }

  static ShellWriter start(Place place, int run, long seed) throws IOException {
    // What it says counts as said only when it is out: by the line.
    Process process =
        new ProcessBuilder("stdbuf", "-oL", "sqlite3", "-batch", "-bail", place.master().getPath())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new ShellWriter(process, run, seed);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(ACK) && line.endsWith(".")) {
          synchronized (acknowledged) {
            acknowledged.add(Long.valueOf(line.substring(ACK.length(), line.length() - 1)));
            acknowledged.notifyAll();
          }
        }
      }
    } catch (IOException e) {
      // The process is gone.
    }
  }

  /** One transaction at a time: the next is sent when the last was acknowledged. */
  private void write() {
    try (OutputStream commands = process.getOutputStream()) {
      send(commands, ".timeout 10000\n");
      while (!closed && process.isAlive()) {
        long id;
        synchronized (acknowledged) {
          while (paused && !closed) {
            acknowledged.wait();
          }
          id = next++;
        }
        send(commands, transfer(id));
        awaitAcknowledgement(id);
        Thread.sleep(random.nextInt(5));
      }
    } catch (IOException e) {
      // The process is gone; -bail ends it where it was busy for too long.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitAcknowledgement(long id) throws InterruptedException {
    synchronized (acknowledged) {
      while (process.isAlive() && !acknowledged.contains(id)) {
        acknowledged.wait(20);
      }
      acknowledged.notifyAll();
    }
  }

  private String transfer(long id) {
    int from = random.nextInt(Books.ACCOUNTS);
    int to = (from + 1) % Books.ACCOUNTS;
    int amount = 1 + random.nextInt(20);
    String journal = Books.JOURNAL.replace("?", Long.toString(id));
    return String.join(
        ";\n",
        "BEGIN IMMEDIATE",
        "UPDATE accounts SET balance = balance - " + amount + " WHERE id = " + from,
        "UPDATE accounts SET balance = balance + " + amount + " WHERE id = " + to,
        "INSERT INTO transfers VALUES (" + id + ", " + from + ", " + to + ", " + amount + ")",
        "UPDATE counters SET n = n + 1, moved = moved + " + amount,
        journal,
        "COMMIT",
        "SELECT '" + ACK + id + ".'",
        "");
  }

  private static void send(OutputStream commands, String text) throws IOException {
    commands.write(text.getBytes(StandardCharsets.UTF_8));
    commands.flush();
  }

  @Override
  public boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void pause() throws InterruptedException {
    synchronized (acknowledged) {
      paused = true;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SplitLedger.DEADLINE_SECONDS);
      // The one under way, if there is one, is acknowledged.
      while (process.isAlive()
          && next > firstId() + acknowledged.size()
          && System.nanoTime() - deadline < 0) {
        acknowledged.wait(20);
      }
    }
  }

  private long firstId() {
    return next / Ledger.RUN * Ledger.RUN + Ledger.RUN / 2;
  }

  @Override
  public void resume() {
    synchronized (acknowledged) {
      paused = false;
      acknowledged.notifyAll();
    }
  }

  @Override
  public List<Long> acknowledged(String table) {
    synchronized (acknowledged) {
      return table.equals("transfers") ? new ArrayList<>(acknowledged) : List.of();
    }
  }

  @Override
  public List<String> complaints() {
    return List.of();
  }

  @Override
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    reader.join(TimeUnit.SECONDS.toMillis(60));
  }

  @Override
  public void close() {
    closed = true;
    process.destroyForcibly();
    resume();
  }
}
