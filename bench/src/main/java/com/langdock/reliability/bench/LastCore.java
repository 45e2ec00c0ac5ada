package com.langdock.reliability.bench;

import java.io.IOException;

/** Where a load runs: beside the upstream, away from what is measured. */
final class LastCore {
  private LastCore() {}

  /**
   * Binds this process to core 1, where that is allowed before all that is not urgent. To be called
   * when the load is warm: its compilers and its garbage would take time from what it measures.
   */
  static void moveIn() throws IOException, InterruptedException {
    String process = Long.toString(ProcessHandle.current().pid());
    run("taskset", "-a", "-p", "-c", "1", process);
    run("chrt", "-a", "-r", "-p", "1", process);
    System.gc();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
