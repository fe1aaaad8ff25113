package legacy.frameworks.quartz;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.PersistJobDataAfterExecution;

/** Counts its runs in its stored data, which every run gets from the one before. */
@DisallowConcurrentExecution
@PersistJobDataAfterExecution
public final class Counts implements Job {
  @Override
  public void execute(JobExecutionContext context) {
    JobDataMap data = context.getJobDetail().getJobDataMap();
    data.put("count", data.getInt("count") + 1);
    Runs.add("counting");
  }
}
