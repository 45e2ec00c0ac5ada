package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.config.ConfigCheck;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.gateway.observability.log.LogFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands {@code serve} and {@code check}. */
@Command(
    name = "gateway",
    mixinStandardHelpOptions = true,
    version = "gateway 0.1.0",
    description = "An OpenAI-compatible gateway that stays up when LLM providers don't.")
public final class Main implements Runnable {
  @Spec private CommandSpec commands = CommandSpec.create();

  private Main() {}

  /** Runs a command; the exit code is 0 when it went well. */
  public static void main(String[] arguments) {
    CommandLine commands =
        new CommandLine(new Main())
            .addSubcommand(new Serve())
            .addSubcommand(new Check())
            .setCaseInsensitiveEnumValuesAllowed(true);
    int exitCode = commands.execute(arguments);
    if (exitCode != Serve.RUNNING) {
      System.exit(exitCode);
    }
  }

  /** Without a command there is nothing to do but to say what there is. */
  @Override
  public void run() {
    commands.commandLine().usage(System.out);
  }

  @Command(
      name = "serve",
      mixinStandardHelpOptions = true,
      description = "Runs the gateway in the foreground.")
  private static final class Serve implements Callable<Integer> {
    static final int RUNNING = -1;

    @Option(names = "--config", description = "default: ${DEFAULT-VALUE}")
    private Path config = Path.of("config", "config.yaml");

    @Option(names = "--set", paramLabel = "key.path=value", description = "in place of the file's")
    private List<String> settings = List.of();

    @Option(names = "--log-format", description = "${COMPLETION-CANDIDATES}; default: json")
    private LogFormat logFormat = LogFormat.JSON;

    @Override
    public Integer call() {
      return switch (new ConfigLoader(System.getenv()).load(config, settings)) {
        case LoadedConfig.Loaded loaded -> serve(loaded);
        case LoadedConfig.Rejected rejected -> {
          rejected.problems().forEach(problem -> System.err.println(problem.in(config.toString())));
          yield 1;
        }
      };
    }

    private int serve(LoadedConfig.Loaded loaded) {
      try {
        Gateway gateway = Gateway.start(loaded.config(), logFormat, System.getenv());
        drainWhenStopped(gateway);
        return RUNNING;
      } catch (IllegalStateException problem) {
        System.err.println("gateway: " + problem.getMessage());
        return 1;
      }
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

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Reads a configuration and prints every problem.")
  private static final class Check implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "FILE")
    private Path file = Path.of("config", "config.yaml");

    @Override
    public Integer call() {
      return new ConfigCheck(new ConfigLoader(System.getenv())).run(file, System.out);
    }
  }
}
