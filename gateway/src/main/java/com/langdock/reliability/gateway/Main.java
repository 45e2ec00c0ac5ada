package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.config.ConfigCheck;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/** The commands {@code serve}, {@code check}, {@code models} and {@code key}. */
public final class Main {
  private static final int RUNNING = -1;
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private Main() {}

  /**
   * Runs a command; the exit code is 0 when it went well, 1 when not, 2 when there is no such
   * command, and 3 when the configuration is fine but a provider is not.
   */
  public static void main(String[] arguments) {
    int exitCode =
        switch (CommandLine.of(arguments)) {
          case CommandLine.Serve serve -> serve(serve);
          case CommandLine.Check check -> check(check);
          case CommandLine.Models models ->
              new ModelsCommand(new ConfigLoader(System.getenv()), System.out).run(models);
          case CommandLine.Key key -> key(key);
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

  private static int check(CommandLine.Check check) {
    ConfigLoader loader = new ConfigLoader(System.getenv());
    int code = new ConfigCheck(loader).run(check.file(), System.out);
    if (code != 0 || !check.isOnline()) {
      return code;
    }
    return switch (loader.load(check.file(), List.of())) {
      case LoadedConfig.Loaded loaded -> OnlineCheck.ofSystem(System.out).run(loaded.config());
      case LoadedConfig.Rejected _ -> FAILED;
    };
  }

  private static int key(CommandLine.Key key) {
    if (key.hash()) {
      return KeyCommand.hash(System.in, System.out, System.err) ? 0 : FAILED;
    }
    KeyCommand.make(key.admin(), new SecureRandom(), System.out);
    return 0;
  }

  private static int serve(CommandLine.Serve serve) {
    ClassPreloader preparation = ClassPreloader.begin();
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
    } catch (Throwable bug) {
      // Threads that were started would keep the process alive without a server.
      bug.printStackTrace();
      return FAILED;
    }
  }

  private static void warn(String warning) {
    LoggerFactory.getLogger(Main.class)
        .atWarn()
        .addKeyValue("event", "config_warning")
        .log("configuration: {}", warning);
  }

  /**
   * SIGTERM drains after the lame duck time, SIGINT (Ctrl-C) at once; SIGHUP, with which a
   * configuration may once be read again, has no effect. A JVM that a signal stops exits with the
   * signal's code, unless its hook ends it first.
   */
  private static void drainWhenStopped(Gateway gateway) {
    AtomicBoolean interrupted = new AtomicBoolean();
    Thread drain =
        new Thread(
            () -> {
              try {
                if (interrupted.get()) {
                  gateway.drain();
                } else {
                  gateway.drainAfterLameDuck();
                }
              } finally {
                Runtime.getRuntime().halt(0);
              }
            },
            "drain");
    Runtime.getRuntime().addShutdownHook(drain);
    Signals.handle(
        "INT",
        () -> {
          interrupted.set(true);
          System.exit(0);
        });
    Signals.handle("HUP", Main::ignoreReload);
  }

  private static void ignoreReload() {
    LoggerFactory.getLogger(Main.class)
        .atWarn()
        .addKeyValue("event", "reload_not_supported")
        .log("SIGHUP has no effect: restart the gateway for another configuration");
  }
}
