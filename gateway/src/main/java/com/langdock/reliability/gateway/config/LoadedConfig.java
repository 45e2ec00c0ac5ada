package com.langdock.reliability.gateway.config;

import com.langdock.reliability.yaml.ConfigProblem;
import java.util.List;

/** The result of reading a configuration. */
public sealed interface LoadedConfig {
  /**
   * It can be used.
   *
   * @param warnings warnings by line: allowed, but probably not intended
   */
  record Loaded(GatewayConfig config, List<ConfigProblem> warnings) implements LoadedConfig {}

  /**
   * It cannot be used.
   *
   * @param problems all of them, by line; never empty
   */
  record Rejected(List<ConfigProblem> problems) implements LoadedConfig {}
}
