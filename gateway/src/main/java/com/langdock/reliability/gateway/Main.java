package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.config.ConfigCheck;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import org.slf4j.LoggerFactory;

/** The commands {@code serve} and {@code check}. */
public final class Main {
  private static final int RUNNING = -1;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /** Runs a command; the exit code is 0 when it went well, 2 when there is no such command. */
  public static void main(String[] arguments) {
    int exitCode =
        switch (CommandLine.of(arguments)) {
          case CommandLine.Serve serve -> serve(serve);
          case CommandLine.Check check ->
              new ConfigCheck(new ConfigLoader(System.getenv())).run(check.file(), System.out);
          case CommandLine.Help help -> {
            System.out.println(help.text());
            yield 0;
          }
          case CommandLine.Wrong wrong -> {
            System.err.println("gateway: " + wrong.problem() + "\n" + CommandLine.USAGE);
            yield MISUSED;
          }
        };
    if (exitCode != RUNNING) {
      System.exit(exitCode);
    }
  }

  private static int serve(CommandLine.Serve serve) {
    Preparation preparation = Preparation.begin();
    ConfigLoader loader = new ConfigLoader(System.getenv());
    return switch (loader.load(serve.config(), serve.settings())) {
      case LoadedConfig.Loaded loaded -> {
        preparation.awaitLogging();
        yield serve(serve, loaded);
      }
      case LoadedConfig.Rejected rejected -> {
        String file = serve.config().toString();
        rejected.problems().forEach(problem -> System.err.println(problem.in(file)));
        yield FAILED;
      }
    };
  }

  private static int serve(CommandLine.Serve serve, LoadedConfig.Loaded loaded) {
    try {
      drainWhenStopped(Gateway.start(loaded.config(), serve.logFormat(), System.getenv()));
      loaded.warnings().forEach(warning -> warn(warning.in(serve.config().toString())));
      return RUNNING;
    } catch (IllegalStateException problem) {
      System.err.println("gateway: " + problem.getMessage());
      return FAILED;
    }
  }

  private static void warn(String warning) {
    LoggerFactory.getLogger(Main.class)
        .atWarn()
        .addKeyValue("event", "config_warning")
        .log("configuration: {}", warning);
  }

  /** A JVM that a signal stops exits with the signal's code, unless its hook ends it first. */
  private static void drainWhenStopped(Gateway gateway) {
    Thread drain =
        new Thread(
            () -> {
              gateway.drain();
              Runtime.getRuntime().halt(0);
            },
            "drain");
    Runtime.getRuntime().addShutdownHook(drain);
  }
}
