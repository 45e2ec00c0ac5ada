package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.LoadedConfig.Loaded;
import com.langdock.reliability.gateway.config.LoadedConfig.Rejected;
import com.langdock.reliability.yaml.ConfigProblem;
import com.langdock.reliability.yaml.EnvironmentReferences;
import com.langdock.reliability.yaml.Overrides;
import com.langdock.reliability.yaml.Problems;
import com.langdock.reliability.yaml.Section;
import com.langdock.reliability.yaml.SourceFile;
import com.langdock.reliability.yaml.SourceLocation;
import com.langdock.reliability.yaml.YamlNode;
import com.langdock.reliability.yaml.YamlReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Loads a configuration: the file's text, its tree, the overrides, the records, in this order.
 *
 * <p>Each step records its problems and continues, so that all are reported together. Only a text
 * that is not YAML ends early.
 */
public final class ConfigLoader {
  private final EnvironmentReferences references;
  private final InstantSource clock;

  /** References in the file are looked up in {@code environment}. */
  public ConfigLoader(Map<String, String> environment) {
    this(environment, InstantSource.system());
  }

  /**
   * As above, at another time.
   *
   * @param clock tells when certificates must be valid
   */
  ConfigLoader(Map<String, String> environment, InstantSource clock) {
    this.references = new EnvironmentReferences(environment);
    this.clock = clock;
  }

  /**
   * Loads a file.
   *
   * @param settings {@code key.path=value}, each in place of what the file says
   */
  public LoadedConfig load(Path file, List<String> settings) {
    Problems problems = new Problems();
    return loaded(SourceFile.read(file, problems), settings, problems);
  }

  /**
   * Loads the text of a file.
   *
   * @param settings as for a file
   */
  public LoadedConfig parse(String text, List<String> settings) {
    return loaded(Optional.of(text), settings, new Problems());
  }

  private LoadedConfig loaded(Optional<String> text, List<String> settings, Problems problems) {
    Optional<GatewayConfig> config =
        text.flatMap(yaml -> YamlReader.document(yaml, problems))
            .map(tree -> new Overrides(problems).apply(tree, settings))
            .map(tree -> read(tree, problems));
    List<ConfigProblem> errors = problems.errors();
    return config.isPresent() && errors.isEmpty()
        ? new Loaded(config.get(), problems.warnings())
        : new Rejected(errors);
  }

  private GatewayConfig read(YamlNode tree, Problems problems) {
    SourceLocation top = new SourceLocation(tree.line(), "", problems);
    Instant now = clock.instant();
    return Section.read(tree, top, references, file -> GatewayConfig.from(file, now));
  }
}
