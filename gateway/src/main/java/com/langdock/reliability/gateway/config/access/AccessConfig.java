package com.langdock.reliability.gateway.config.access;

import com.langdock.reliability.core.quota.SubjectLimits;
import com.langdock.reliability.yaml.Section;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the data port.
 *
 * @param clientKeys null where no request needs a key
 * @param teams in the file's order
 * @param limits of everybody
 */
public record AccessConfig(
    @Nullable ClientKeysConfig clientKeys, List<TeamConfig> teams, LimitsConfig limits) {
  /** Keeps an immutable copy. */
  public AccessConfig {
    teams = List.copyOf(teams);
  }

  /** Whether somebody has a budget or a quota, which are counted in the store. */
  public boolean needsStore() {
    return subjects().anyMatch(subject -> !subject.periods().isEmpty());
  }

  /** Whether somebody has a budget. */
  public boolean hasBudget() {
    return subjects().anyMatch(SubjectLimits::hasBudget);
  }

  /** The limits of all subjects. */
  private Stream<SubjectLimits> subjects() {
    return Stream.of(
            Stream.of(limits.all(), limits.anonymous()),
            limits.models().values().stream(),
            teams.stream().flatMap(team -> Stream.of(team.limits(), team.defaultKey())),
            keys().stream().map(KeyConfig::limits))
        .flatMap(all -> all);
  }

  /** The client keys of the file; none where no request needs one. */
  public List<KeyConfig> keys() {
    return clientKeys == null ? List.of() : clientKeys.keys();
  }

  /**
   * Reads {@code client_keys}, {@code teams} and {@code limits} of the file.
   *
   * @param served the models of each provider
   */
  public static AccessConfig from(Section file, Map<String, Set<String>> served) {
    RightsReader rights = new RightsReader(served);
    Set<String> models = new LinkedHashSet<>();
    served.values().forEach(models::addAll);
    LimitsConfig limits = file.section("limits", section -> LimitsConfig.from(section, models));
    Set<String> names = new LinkedHashSet<>();
    List<TeamConfig> teams =
        file.sections("teams", section -> TeamConfig.from(section, rights, names));
    boolean needsKeys = file.has("client_keys");
    ClientKeysConfig keys =
        file.section(
            "client_keys",
            section -> ClientKeysConfig.from(section, new KeyReader(rights, names, limits)));
    return new AccessConfig(needsKeys ? keys : null, teams, limits);
  }
}
