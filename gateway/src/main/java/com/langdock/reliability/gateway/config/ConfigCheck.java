package com.langdock.reliability.gateway.config;

import com.langdock.reliability.core.domain.Target;
import com.langdock.reliability.core.routing.Router;
import com.langdock.reliability.gateway.config.LoadedConfig.Loaded;
import com.langdock.reliability.gateway.config.LoadedConfig.Rejected;
import com.langdock.reliability.yaml.ConfigProblem;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Checks a configuration and prints its problems, or a summary. */
public final class ConfigCheck {
  private final ConfigLoader loader;

  /** A check of configurations that {@code loader} loads. */
  public ConfigCheck(ConfigLoader loader) {
    this.loader = loader;
  }

  /** Checks a file; returns the exit code, 0 when it can be used and 1 when not. */
  public int run(Path file, PrintStream out) {
    return switch (loader.load(file, List.of())) {
      case Loaded loaded -> {
        loaded
            .warnings()
            .forEach(warning -> out.println("warning: " + warning.in(file.toString())));
        loaded
            .config()
            .unpricedUnderBudget()
            .forEach(target ->
                out.println(
                    "warning: " + target + " has no price: callers with a budget cannot use it"));
        summarize(loaded.config(), out);
        out.println(file + ": fine");
        yield 0;
      }
      case Rejected rejected -> {
        List<ConfigProblem> problems = rejected.problems();
        problems.forEach(problem -> out.println(problem.in(file.toString())));
        out.println(
            file + ": " + problems.size() + (problems.size() == 1 ? " problem" : " problems"));
        yield 1;
      }
    };
  }

  private static void summarize(GatewayConfig config, PrintStream out) {
    out.println("providers:");
    for (ProviderConfig provider : config.providers()) {
      out.printf("  %s (%s) %s%n", provider.name(), provider.api().type(), provider.address());
    }
    out.println("models, and where a request for each goes:");
    Router router =
        new Router(config.offers(), config.fallbacks(), config.retry().enableFailover());
    config.offers().stream()
        .map(offer -> offer.target().model())
        .distinct()
        .forEach(model -> out.printf("  %s: %s%n", model, targets(router, model)));
  }

  private static String targets(Router router, String model) {
    return router.plan(model, null).targets().stream()
        .map(Target::toString)
        .collect(Collectors.joining(", then "));
  }
}
