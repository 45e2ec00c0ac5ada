package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.ProviderConfig.ProviderType;
import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.util.EnumSet;
import java.util.Set;

/**
 * The API of a provider.
 *
 * @param type the name of its type, such as {@code groq}
 * @param speaks its wire format
 * @param formats the APIs that it serves
 * @param quirks how it differs from its wire format
 */
public record ProviderApi(String type, ProviderType speaks, Set<ApiFormat> formats, Quirks quirks) {
  /** Copies the set. */
  public ProviderApi {
    formats = Set.copyOf(formats);
  }

  /**
   * What is known of a provider of this type at {@code host}, with the changes of {@code section}.
   */
  static ProviderApi from(Section section, Preset preset, String host) {
    Preset known = Presets.at(preset.name(), host);
    return new ProviderApi(
        preset.name(),
        preset.speaks(),
        formats(section, known),
        section.section("quirks", quirks -> Quirks.from(quirks, known.name())));
  }

  private static Set<ApiFormat> formats(Section section, Preset known) {
    Set<ApiFormat> formats = EnumSet.noneOf(ApiFormat.class);
    for (Item format : section.texts("formats")) {
      format.oneOf(ApiFormat.keys()).map(ApiFormat::of).ifPresent(formats::add);
    }
    return formats.isEmpty() ? known.formats() : formats;
  }
}
