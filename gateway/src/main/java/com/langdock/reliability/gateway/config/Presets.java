package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.ProviderConfig.ProviderType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The presets that ship with the gateway, by the names that users write as a provider's type. */
final class Presets {
  private static final String RESOURCE = "presets.txt";
  private static final String NONE = "-";

  /** The type of every API that is compatible with OpenAI's. */
  private static final String OPENAI = "openai";

  private static final Map<String, Preset> BY_NAME = read();

  /** An API about which nothing is known but that it is compatible with OpenAI's. */
  private static final Preset COMPATIBLE =
      new Preset(
          "",
          ProviderType.OPENAI,
          named(OPENAI).address(),
          List.of(),
          List.of(),
          Set.of(ApiFormat.CHAT, ApiFormat.EMBEDDINGS));

  private Presets() {}

  /** The names, in the table's order. */
  static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** The preset with a name that is one of {@link #names}. */
  static Preset named(String name) {
    return Objects.requireNonNull(BY_NAME.get(name), name);
  }

  /**
   * The preset whose formats and quirks a provider of type {@code type} at {@code host} has: of
   * type {@code openai} are many, which their host tells apart.
   */
  static Preset at(String type, String host) {
    Preset preset = named(type);
    if (!type.equals(OPENAI) || preset.owns(host)) {
      return preset;
    }
    return BY_NAME.values().stream()
        .filter(other -> !other.hosts().isEmpty() && other.owns(host))
        .findFirst()
        .orElse(COMPATIBLE);
  }

  private static Map<String, Preset> read() {
    Map<String, Preset> presets = new LinkedHashMap<>();
    ShippedModels.lines(RESOURCE)
        .map(Presets::preset)
        .forEach(preset -> presets.put(preset.name(), preset));
    return presets;
  }

  private static Preset preset(String line) {
    StringTokenizer cells = new StringTokenizer(line);
    return new Preset(
        cells.nextToken(),
        ProviderType.valueOf(cells.nextToken().toUpperCase(Locale.ROOT)),
        cells.nextToken(),
        list(cells.nextToken()),
        list(cells.nextToken()),
        list(cells.nextToken()).stream()
            .map(ApiFormat::of)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static List<String> list(String cell) {
    List<String> values = new ArrayList<>();
    Stream.of(cell.split(",", -1)).filter(value -> !value.equals(NONE)).forEach(values::add);
    return List.copyOf(values);
  }
}
