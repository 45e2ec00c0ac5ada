package com.langdock.reliability.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.langdock.reliability.mock.MockProvider;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The page that a mock provider serves. */
@Tag("e2e")
class MockPageE2eTest {
  private final MockProvider provider = MockProvider.anthropic();
  private Browser browser;

  @BeforeAll
  static void chromiumIsInstalled() {
    assumeTrue(Browser.isInstalled(), "no /usr/bin/chromium; Debian: apt-get install chromium");
  }

  @BeforeEach
  void open(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
    browser = new Browser(folder);
    browser.open(provider.url() + "/");
    awaitPreset("healthy");
  }

  @AfterEach
  void close() {
    provider.close();
    if (browser != null) {
      browser.close();
    }
  }

  private void awaitPreset(String preset) {
    browser.await("document.querySelector('[aria-pressed=true]')?.value === '" + preset + "'");
  }

  @Test
  void eachPresetIsSetAndShown() {
    browser.awaitText("h1", "anthropic");
    for (String preset :
        new String[] {"rate_limit", "server_error", "timeout", "slow", "stream_cut", "healthy"}) {
      browser.click("button[value=" + preset + "]");
      awaitPreset(preset);
    }
    browser.click("button[value=stream_stall]");
    awaitPreset("stream_stall");
    assertThat(provider.settings()).containsEntry("stream_stall_probability", 1.0);
  }

  @Test
  void theFormChangesEverySetting() {
    browser.evaluate("document.querySelector('[name=script]').value = 'rate_limit, ok'");
    browser.evaluate("document.querySelector('[name=token_delay_ms]').value = '7'");
    browser.evaluate("document.querySelector('[name=crlf]').checked = true");
    browser.click("#apply");
    browser.await("document.querySelectorAll('.changed').length === 3");
    assertThat(provider.settings()).containsEntry("token_delay_ms", 7L).containsEntry("crlf", true);

    browser.evaluate("document.querySelector('[name=chunks]').value = 'many'");
    browser.click("#apply");
    browser.awaitText("#problem", "chunks");
  }

  @Test
  void aRequestAndAStreamAreSentAndTheAnswerIsShown() {
    browser.click("#try");
    browser.awaitText("#status", "Status 200");
    browser.awaitText("#answer", "This is a mock answer to");
    browser.click("#stream");
    browser.click("#try");
    browser.awaitText("#answer", "message_stop");
    browser.click("button[value=server_error]");
    awaitPreset("server_error");
    browser.click("#try");
    browser.awaitText("#status", "Status 500");
  }
}
