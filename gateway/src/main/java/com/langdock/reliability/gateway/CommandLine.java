package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.telemetry.log.LogFormat;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a command line asks for. Read by hand: a library for it was a fifth of the time that a start
 * takes.
 */
sealed interface CommandLine {
  /**
   * The gateway in the foreground.
   *
   * @param watch whether it follows changes of the file
   */
  record Serve(Path config, List<String> settings, LogFormat logFormat, boolean watch)
      implements CommandLine {}

  /**
   * Every problem of a configuration.
   *
   * @param isOnline whether each provider is asked for its models too
   */
  record Check(Path file, boolean isOnline) implements CommandLine {}

  /**
   * The table of models.
   *
   * @param config whose changes are shown too; empty for the table that ships
   * @param type the type of provider that serves the models; empty for all
   */
  record Models(Optional<Path> config, Optional<String> type, Output output)
      implements CommandLine {
    /** What becomes of the table. */
    enum Output {
      /** It is printed for people. */
      TEXT,
      /** It is printed as JSON. */
      JSON,
      /** Its problems are printed. */
      CHECK
    }
  }

  /**
   * A new key for a client, or the hash of one.
   *
   * @param admin whether it is a token for the management port
   * @param hash whether a key is read from standard input, and only its hash printed
   */
  record Key(boolean admin, boolean hash) implements CommandLine {}

  /** Something to be read on standard output. */
  record Help(String text) implements CommandLine {}

  /** What is wrong with it. */
  record Wrong(String problem) implements CommandLine {}

  /** The version of this program. */
  String VERSION = "0.1.0";

  /** Asks the providers too. */
  String ONLINE = "--online";

  /** What {@code gateway --help} says. */
  String USAGE =
      """
      Usage: gateway serve [OPTIONS]
             gateway check [--online] [FILE]
             gateway models [OPTIONS]
             gateway key [--admin | --hash]
      An OpenAI-compatible gateway that stays up when LLM providers don't.

      serve  Runs the gateway in the foreground.
        --config FILE          default: config/config.yaml
        --set key.path=value   in place of the file's; may be repeated; =@FILE reads the value
                               from a file, so that no list of processes shows it
        --log-format FORMAT    json (default) or text
        --watch                follows changes of the file; SIGHUP reads it again, too
      check  Reads a configuration and prints every problem.
        --online               then asks each provider for its models, with its key
      models Prints what is known of models: limits, abilities, prices, and where that is from.
        --provider TYPE        those that providers of this type serve
        --config FILE          with the changes of this file
        --json                 as JSON
        --check                only its problems: contradictions, and lines that are too old
      key    Prints a new client key once, and the lines for the configuration.
        --admin                a token for the management port instead
        --hash                 reads a key from standard input and prints its hash

        -h, --help             Shows this.
        -V, --version          Prints the version.\
      """;

  /** Reads the arguments of a program. */
  static CommandLine of(String... arguments) {
    List<String> all = List.of(arguments);
    if (all.isEmpty() || all.contains("--help") || all.contains("-h")) {
      return new Help(USAGE);
    }
    if (all.contains("--version") || all.contains("-V")) {
      return new Help("gateway " + VERSION);
    }
    List<String> rest = all.subList(1, all.size());
    return switch (all.getFirst()) {
      case "serve" -> serve(new ArrayDeque<>(rest));
      case "check" -> check(rest);
      case "models" -> models(new ArrayDeque<>(rest));
      case "key" -> key(rest);
      default -> new Wrong("there is no command " + all.getFirst());
    };
  }

  private static CommandLine check(List<String> arguments) {
    List<String> files = arguments.stream().filter(word -> !word.startsWith("--")).toList();
    Optional<String> unknown =
        arguments.stream()
            .filter(word -> word.startsWith("--") && !word.equals(ONLINE))
            .findFirst();
    if (unknown.isPresent()) {
      return new Wrong("check has no option " + unknown.get());
    }
    return files.size() > 1
        ? new Wrong("check takes one file")
        : new Check(
            files.isEmpty() ? defaultConfig() : Path.of(files.getFirst()),
            arguments.contains(ONLINE));
  }

  private static CommandLine key(List<String> options) {
    return switch (String.join(" ", options)) {
      case "" -> new Key(false, false);
      case "--admin" -> new Key(true, false);
      case "--hash" -> new Key(false, true);
      default -> new Wrong("key takes --admin or --hash");
    };
  }

  private static CommandLine serve(Deque<String> rest) {
    Path config = defaultConfig();
    List<String> settings = new ArrayList<>();
    LogFormat logFormat = LogFormat.JSON;
    boolean watch = rest.remove("--watch");
    while (!rest.isEmpty()) {
      String[] option = rest.removeFirst().split("=", 2);
      String value = option.length == 2 ? option[1] : rest.pollFirst();
      if (value == null) {
        return new Wrong(option[0] + " needs a value, or is not known");
      }
      switch (option[0]) {
        case "--config" -> config = Path.of(value);
        case "--set" -> settings.add(value);
        case "--log-format" -> {
          Optional<LogFormat> wanted = logFormat(value);
          if (wanted.isEmpty()) {
            return new Wrong("--log-format is json or text");
          }
          logFormat = wanted.get();
        }
        default -> {
          return new Wrong("serve has no option " + option[0]);
        }
      }
    }
    return new Serve(config, List.copyOf(settings), logFormat, watch);
  }

  private static CommandLine models(Deque<String> rest) {
    Optional<Path> config = Optional.empty();
    Optional<String> type = Optional.empty();
    Models.Output output = Models.Output.TEXT;
    while (!rest.isEmpty()) {
      String[] option = rest.removeFirst().split("=", 2);
      switch (option[0]) {
        case "--json" -> output = Models.Output.JSON;
        case "--check" -> output = Models.Output.CHECK;
        case "--provider", "--config" -> {
          String value = option.length == 2 ? option[1] : rest.pollFirst();
          if (value == null) {
            return new Wrong(option[0] + " needs a value");
          }
          if (option[0].equals("--config")) {
            config = Optional.of(Path.of(value));
          } else {
            type = Optional.of(value);
          }
        }
        default -> {
          return new Wrong("models has no option " + option[0]);
        }
      }
    }
    return new Models(config, type, output);
  }

  private static Optional<LogFormat> logFormat(String name) {
    return Arrays.stream(LogFormat.values())
        .filter(format -> format.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static Path defaultConfig() {
    return Path.of("config", "config.yaml");
  }
}
