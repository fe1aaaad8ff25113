package io.rwsplit.http;

import io.rwsplit.config.Fault;
import io.rwsplit.operations.Group;
import io.rwsplit.operations.ReloadReport;
import io.rwsplit.operations.Reloading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the configuration file again, one request at a time. Thread-safe. */
final class ReloadAction {
  private static final Semaphore READING = new Semaphore(1);
  private static final Logger LOG = LoggerFactory.getLogger(ReloadAction.class);

  private ReloadAction() {}

  static Answer answer(Request request, List<Group> groups, String node, Map<String, Object> body)
      throws Refusal {
    if (!body.isEmpty()) {
      throw new Refusal(400, "no field is taken");
    }
    Reloading file = Reloading.running();
    if (file == null) {
      throw new Refusal(
          409,
          "there is no configuration file to be read again: neither rwsplit.config nor"
              + " -javaagent:rwsplit.jar=<path> names one");
    }
    if (!READING.tryAcquire()) {
      throw new Refusal(409, "the configuration is being read");
    }
    try {
      LOG.warn("HTTP: the configuration is read again");
      return Answer.ok(view(file.now()));
    } finally {
      READING.release();
    }
  }

  private static Map<String, Object> view(ReloadReport report) {
    List<Object> changes = new ArrayList<>();
    for (ReloadReport.Change each : report.changes()) {
      changes.add(
          new Fields()
              .put("group", each.group())
              .put("result", Values.lower(each.result()))
              .put("text", each.text())
              .map());
    }
    return new Fields()
        .put("done", report.isTaken())
        .put("file", report.file())
        .put("summary", report.summary())
        .put("changes", changes)
        .put("faults", faults(report.faults()))
        .put("warnings", faults(report.warnings()))
        .map();
  }

  private static List<Object> faults(List<Fault> faults) {
    List<Object> all = new ArrayList<>();
    for (Fault each : faults) {
      all.add(
          new Fields()
              .put("name", each.name())
              .put("value", each.value())
              .put("problem", each.problem())
              .put("allowed", each.allowed())
              .put("text", each.toString())
              .map());
    }
    return all;
  }
}
