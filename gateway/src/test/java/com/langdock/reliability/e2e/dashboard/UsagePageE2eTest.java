package com.langdock.reliability.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.e2e.keys.KeysFixture;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's page of usage, and what a request's page tells of its key. */
@Tag("e2e")
class UsagePageE2eTest {
  private static final String ROWS = "document.querySelectorAll('.sheet tbody tr').length";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  private KeysFixture fixture;
  private Browser browser;

  @BeforeAll
  static void chromiumIsInstalled() {
    assumeTrue(Browser.isInstalled(), "no /usr/bin/chromium; Debian: apt-get install chromium");
  }

  @BeforeEach
  void open() throws Exception {
    fixture = KeysFixture.open();
    fixture.post("/api/teams", "{\"name\":\"search\"}");
    String key =
        fixture.create("{\"name\":\"search-service\",\"team\":\"search\"}").path("key").asString();
    String named =
        GatewayFixture.chat("gpt-4").replace("{\"model", "{\"client_id\":\"<i>\",\"model");
    fixture.ask(key).isAnsweredBy("openai");
    fixture.ask(key).isAnsweredBy("openai");
    fixture.gateway.ask(named, "authorization", "Bearer " + KeysFixture.FILED);
    browser = new Browser(Files.createDirectory(folder.resolve(System.nanoTime() + "")));
    browser.resize(1200);
    String page = "http://127.0.0.1:" + fixture.gateway.gateway.managementPort() + "/";
    browser.open(page);
    browser.fill("#token-input", KeysFixture.READER);
    browser.click(".token button");
    browser.await("document.querySelectorAll('[data-row]').length === 3");
  }

  @AfterEach
  void close() {
    try (KeysFixture closed = fixture;
        Browser ended = browser) {
      assertThat(ended.problems()).as("errors in the page's console").isEmpty();
      assertThat(closed.gateway).isNotNull();
    }
  }

  @Test
  void itIsShownByWhatIsAskedFor() {
    browser.press("3");
    browser.await(ROWS + " === 2");
    browser.awaitText(".sheet tbody tr:first-child", "search");
    browser.awaitText(".sheet tfoot", "Total");
    browser.await("document.querySelector('.sheet tfoot td').innerText === '3'");
    browser.choose("#usage-by", "key");
    browser.awaitText(".sheet tbody", "search-service key:");
    browser.choose("#usage-and", "client_id");
    browser.await("location.hash === '#/usage?by=key&and=client_id'");
    browser.awaitText(".sheet tbody", "<i>");
    browser.choose("#usage-from", "2020-01-01");
    browser.choose("#usage-to", "2020-01-31");
    browser.awaitText(".governance", "Nothing was used");
    browser.evaluate("history.back()");
    browser.await(ROWS + " === 2");
    browser.choose("#usage-from", "0000-99-99");
    browser.resize(390);
    assertThat(browser.overflow()).isLessThanOrEqualTo(0);
  }

  @Test
  void theFileHasWhatThePageShows() {
    browser.press("3");
    browser.await(ROWS + " === 2");
    browser.evaluate(
        "(() => { const made = URL.createObjectURL; URL.createObjectURL = (blob) => {"
            + " blob.text().then((text) => (window.file = text)); return made(blob); };"
            + " HTMLAnchorElement.prototype.click = function () { window.named = this.download; };"
            + "})()");
    browser.click("#usage-csv");
    browser.await("window.file?.includes(`\"search\",2,`)");
    assertThat(browser.evaluate("window.named").asString()).isEqualTo("usage-by-team.csv");
  }

  @Test
  void aRequestNamesItsKeyAndTeam() {
    browser.click("tbody tr:last-child [data-row]");
    browser.awaitText(".facts", "search");
    browser.click(".facts a[href^='#/keys/key']");
    browser.awaitText(".title", "search-service");
    browser.press("Escape");
    browser.awaitText(".governance", "file-key");
  }
}
