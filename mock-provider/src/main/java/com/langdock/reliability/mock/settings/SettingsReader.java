package com.langdock.reliability.mock.settings;

import com.langdock.reliability.mock.fault.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads settings from JSON and writes them back. */
public final class SettingsReader {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String SCRIPT = "script";
  private static final String SEED = "seed";
  private static final int LONGEST_SCRIPT = 10_000;

  private SettingsReader() {}

  /**
   * Settings in which every field that is left out or null has its default.
   *
   * @throws InvalidSetting naming the first field that is unknown, of a wrong type or out of range
   */
  public static Settings read(String json) {
    Fields fields = new Fields(object(json));
    OptionalLong seed = fields.whole(SEED, Long.MIN_VALUE, Long.MAX_VALUE);
    Settings settings =
        new Settings(
            Chances.read(fields),
            Refusals.read(fields),
            Pace.read(fields),
            Breaks.read(fields),
            Shape.read(fields),
            script(fields),
            seed.isPresent() ? seed.getAsLong() : null);
    fields.refuseUnknown();
    return settings;
  }

  /** Every field with its value, in the order of the README's table. */
  public static Map<String, @Nullable Object> show(Settings settings) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    settings.chances().show(shown);
    settings.refusals().show(shown);
    settings.pace().show(shown);
    settings.breaks().show(shown);
    settings.shape().show(shown);
    shown.put(SCRIPT, settings.script().stream().map(Fault::wireName).toList());
    shown.put(SEED, settings.seed());
    return shown;
  }

  private static JsonNode object(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      if (node.isObject()) {
        return node;
      }
    } catch (JacksonException notJson) {
      throw new InvalidSetting("", "the body is not JSON: " + notJson.getOriginalMessage());
    }
    throw new InvalidSetting("", "the body must be a JSON object");
  }

  private static List<Fault> script(Fields fields) {
    List<JsonNode> names = fields.list(SCRIPT);
    if (names.size() > LONGEST_SCRIPT) {
      throw new InvalidSetting(SCRIPT, "may have at most " + LONGEST_SCRIPT + " entries");
    }
    List<Fault> script = new ArrayList<>(names.size());
    for (JsonNode name : names) {
      String field = SCRIPT + "[" + script.size() + "]";
      script.add(
          Fault.named(name.stringValue(""))
              .orElseThrow(() -> new InvalidSetting(field, "unknown fault " + name)));
    }
    return List.copyOf(script);
  }
}
