package com.langdock.reliability.mock.server;

import com.langdock.reliability.mock.format.Json;
import com.langdock.reliability.mock.format.ProviderFormat;
import com.langdock.reliability.mock.settings.Settings;
import com.langdock.reliability.mock.settings.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The web page of a provider: changes its settings and sends it a request. */
final class ControlPage {
  private static final String FACTS = "{{facts}}";

  private final String html;

  /** The page of a provider that uses {@code format}. */
  ControlPage(ProviderFormat format) {
    Object facts =
        Json.object(
            "provider",
            format.name(),
            "example",
            format.example(),
            "defaults",
            SettingsReader.show(Settings.healthy()));
    html = template().replace(FACTS, Json.text(facts));
  }

  String html() {
    return html;
  }

  private static String template() {
    try (InputStream in = ControlPage.class.getResourceAsStream("page.html")) {
      if (in == null) {
        throw new IllegalStateException("page.html is missing from the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
