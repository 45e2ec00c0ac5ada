package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.config.ConfigCheck;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.gateway.reload.ConfigReload;
import com.langdock.reliability.gateway.reload.ConfigText;
import com.langdock.reliability.gateway.reload.FileWatch;
import com.langdock.reliability.yaml.ConfigProblem;
import com.langdock.reliability.yaml.Problems;
import com.langdock.reliability.yaml.SourceFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;

/** The commands {@code serve}, {@code check}, {@code models} and {@code key}. */
public final class Main {
  /** The folder of the configuration's earlier texts. */
  private static final Path HISTORY = Path.of("data", "config");

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
    Problems unreadable = new Problems();
    Optional<String> text = SourceFile.read(serve.config(), unreadable);
    if (text.isEmpty()) {
      return rejected(serve, unreadable.errors());
    }
    return switch (loader.parse(text.get(), serve.settings())) {
      case LoadedConfig.Loaded loaded -> {
        preparation.awaitLogging();
        ConfigReload.Source source =
            new ConfigReload.Source(serve.config(), serve.settings(), loader, HISTORY);
        yield serve(serve, loaded, new ConfigText(source, text.get()));
      }
      case LoadedConfig.Rejected rejected -> rejected(serve, rejected.problems());
    };
  }

  private static int rejected(CommandLine.Serve serve, List<ConfigProblem> problems) {
    String file = serve.config().toString();
    problems.forEach(problem -> System.err.println(problem.in(file)));
    return FAILED;
  }

  private static int serve(CommandLine.Serve serve, LoadedConfig.Loaded loaded, ConfigText text) {
    try {
      Gateway gateway = Gateway.start(loaded.config(), serve.logFormat(), System.getenv(), text);
      drainWhenStopped(gateway);
      if (serve.watch()) {
        gateway.reload().ifPresent(reload -> FileWatch.start(reload, FileWatch.EVERY));
      }
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
   * SIGTERM drains after the lame duck time, SIGINT (Ctrl-C) at once; SIGHUP reads the
   * configuration again. A JVM that a signal stops exits with the signal's code, unless its hook
   * ends it first.
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
    Signals.handle("HUP", () -> gateway.reload().ifPresent(reload -> reload.reload("signal")));
  }
}
