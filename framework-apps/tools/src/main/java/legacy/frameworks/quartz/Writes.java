package legacy.frameworks.quartz;

import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Writes that it ran. */
public final class Writes implements Job {
  @Override
  public void execute(JobExecutionContext context) {
    Runs.add(context.getJobDetail().getKey().getName());
  }
}
