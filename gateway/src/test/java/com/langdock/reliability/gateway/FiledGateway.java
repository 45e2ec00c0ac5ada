package com.langdock.reliability.gateway;

import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.LoadedConfig;
import com.langdock.reliability.gateway.reload.ConfigReload;
import com.langdock.reliability.gateway.reload.ConfigText;
import com.langdock.reliability.gateway.telemetry.log.LogFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts gateways whose configuration is in a file and can be replaced. */
public final class FiledGateway {
  private FiledGateway() {}

  /** A gateway whose file is written to {@code folder}. */
  public static Gateway start(Path folder, String yaml, Map<String, String> environment)
      throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
    ConfigLoader loader = new ConfigLoader(environment);
    return switch (loader.load(file, List.of())) {
      case LoadedConfig.Rejected rejected -> throw new AssertionError(rejected.problems());
      case LoadedConfig.Loaded loaded -> {
        ConfigReload.Source source =
            new ConfigReload.Source(file, List.of(), loader, folder.resolve("kept"));
        yield Gateway.start(
            loaded.config(), LogFormat.JSON, Map.of(), new ConfigText(source, yaml));
      }
    };
  }
}
