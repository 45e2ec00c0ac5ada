package com.langdock.reliability.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import tools.jackson.databind.JsonNode;

/** The dashboard's pages of keys and teams, as an administrator and a reader see them. */
@Tag("e2e")
class KeysPageE2eTest {
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
    browser = new Browser(Files.createDirectory(folder.resolve(System.nanoTime() + "")));
    browser.resize(1200);
  }

  @AfterEach
  void close() {
    try (KeysFixture closed = fixture;
        Browser ended = browser) {
      assertThat(ended.problems()).as("errors in the page's console").isEmpty();
      assertThat(closed.gateway).isNotNull();
    }
  }

  /** Opens a page with a token. */
  private void open(String token, String place) {
    String page = "http://127.0.0.1:" + fixture.gateway.gateway.managementPort() + "/";
    browser.open(page + place);
    browser.fill("#token-input", token);
    browser.click(".token button");
  }

  private String secret() {
    browser.awaitText(".secret", "sk-lg-");
    String secret = browser.text(".secret .mono");
    browser.clickButton(".ask", "I have it");
    browser.await("!document.querySelector('dialog[open]')");
    return secret;
  }

  @Test
  void aKeyFromItsCreationToItsEnd() {
    open(KeysFixture.BOSS, "#/keys");
    browser.awaitText(".governance", "file-key");
    browser.press("n");
    browser.fill("#field-name", "search-service");
    browser.fill("#field-owner", "<b>ann</b>");
    browser.fill("#field-models", "gpt-4*, claude-3-opus");
    browser.fill("#field-budget-day", "20");
    browser.fill("#field-limits-requests_per_minute-per_minute", "many");
    browser.clickButton(".edit", "Create the key");
    browser.awaitText(".problem", "limits.requests_per_minute");
    browser.fill("#field-limits-requests_per_minute-per_minute", "600");
    browser.clickButton(".edit", "Create the key");
    String first = secret();
    browser.awaitText(".title", "search-service");
    browser.awaitText(".facts", "<b>ann</b>");
    assertThat(browser.evaluate("document.body.innerHTML").asString())
        .doesNotContain(first.substring(19));

    fixture.ask(first).isAnsweredBy("openai");
    browser.await("document.querySelector('[aria-label=\"What was used\"] td').innerText === '1'");
    browser.awaitText("[aria-label='What is left of the limits']", "of 600");

    browser.click("#rotate");
    browser.fill(".ask [name=overlap]", "1h");
    browser.evaluate("document.querySelector('.ask [name=overlap]').focus()");
    browser.press("Enter");
    String second = secret();
    browser.awaitText(".facts", "The old secret works until");
    fixture.ask(first).isAnsweredBy("openai");
    fixture.ask(second).isAnsweredBy("openai");

    browser.clickButton(".buttons", "Switch off");
    browser.awaitText(".title .badge", "off");
    assertThat(fixture.ask(second).status()).isEqualTo(401);
    browser.clickButton(".buttons", "Switch on");
    browser.awaitText(".title .badge", "active");
    fixture.ask(second).isAnsweredBy("openai");

    browser.click("#revoke");
    browser.awaitText(".ask", "This cannot be taken back.");
    browser.press("Enter");
    browser.await("!document.querySelector('dialog[open]')");
    fixture.ask(second).isAnsweredBy("openai");
    browser.click("#revoke");
    browser.clickButton(".ask", "Revoke for ever");
    browser.awaitText(".title .badge", "revoked");
    assertThat(fixture.ask(second).status()).isEqualTo(401);
    browser.await("!document.querySelector('.buttons')");
  }

  @Test
  void aChangeBySomebodyElseIsShownAndKept() {
    JsonNode made =
        fixture.create("{\"name\":\"shared\",\"owner\":\"ann\",\"budget\":{\"day\":5}}");
    String path = "/api/keys/" + made.path("id").asString();
    open(KeysFixture.BOSS, "#/keys/" + made.path("id").asString());
    browser.awaitText(".title", "shared");
    browser.press("e");
    browser.fill("#field-budget-day", "40");
    String others = "{\"owner\":\"bob\",\"budget\":{\"day\":10}}";
    fixture.patch(path, made.path("version").asLong(), others);
    browser.clickButton(".edit", "Save");
    browser.awaitText(".problem", "stale_version");
    browser.awaitText(".others", "Owner: ann → bob");
    browser.awaitText(".others", "Dollars, day: 5 → 10 (your text stays)");
    browser.await("document.querySelector('#field-owner').value === 'bob'");
    browser.clickButton(".edit", "Save");
    browser.awaitText(".facts", "bob");
    JsonNode now = fixture.get(path).json();
    assertThat(now.path("owner").asString()).isEqualTo("bob");
    assertThat(now.at("/budget/day").asInt()).isEqualTo(40);
  }

  @Test
  void everyFieldIsSentAsItCame() {
    JsonNode made =
        fixture.create(
            """
            {"name": "full", "models": [], "providers": ["open*", "anthropic"], "priority": "low",
             "limits": {"requests_per_minute": {"per_minute": 60, "burst": 5}, "concurrent": 2},
             "quota": {"day": {"tokens": 1000}}, "budget": {"month": 0.123456789},
             "alert_at": [0.55, 0.8], "metadata": {"cost_center": "a=b"}}
            """);
    String path = "/api/keys/" + made.path("id").asString();
    open(KeysFixture.BOSS, "#/keys/" + made.path("id").asString());
    browser.awaitText(".title", "full");
    browser.press("e");
    browser.clickButton(".edit", "Save");
    browser.await("document.querySelector('.buttons')");
    assertThat(fixture.get(path).json().path("version").asLong())
        .as("nothing was sent")
        .isEqualTo(made.path("version").asLong());

    browser.press("e");
    browser.fill("#field-models", "gpt-4");
    browser.fill("#field-limits-requests_per_minute-burst", "");
    browser.fill("#field-alert_at", "55, 90");
    browser.fill("#field-budget-day", "1.5");
    browser.fill("#field-providers", "");
    browser.fill("#field-expires", "90d");
    browser.clickButton(".edit", "Save");
    browser.await("document.querySelector('.buttons')");
    JsonNode now = fixture.get(path).json();
    assertThat(now.path("models").toString()).isEqualTo("[\"gpt-4\"]");
    assertThat(now.path("providers").isNull()).isTrue();
    assertThat(now.path("limits").toString())
        .isEqualTo("{\"requests_per_minute\":60,\"concurrent\":2}");
    assertThat(now.path("budget").toString()).isEqualTo("{\"day\":1.5,\"month\":0.123456789}");
    assertThat(now.path("alert_at").toString()).isEqualTo("[0.55,0.9]");
    assertThat(now.at("/quota/day/tokens").asInt()).isEqualTo(1000);
    assertThat(now.at("/metadata/cost_center").asString()).isEqualTo("a=b");
    assertThat(now.path("priority").asString()).isEqualTo("low");
    assertThat(now.path("expires_at").isNull()).isFalse();
  }

  @Test
  void aTeamIsMadeChangedAndRemoved() {
    open(KeysFixture.BOSS, "#/keys");
    browser.clickButton("#teams", "New team");
    browser.fill("#field-name", "search");
    browser.fill("#field-budget-month", "500");
    browser.fill("#field-default_key-limits-requests_per_minute-per_minute", "60");
    browser.clickButton(".edit", "Create the team");
    browser.awaitText(".title", "search");
    browser.awaitText("[aria-label='What is left of the limits']", "$500.00 of $500.00");
    browser.press("e");
    browser.fill("#field-default_key-limits-concurrent", "5");
    browser.clickButton(".edit", "Save");
    browser.awaitText("#toasts", "search was changed");
    JsonNode team = fixture.get("/api/teams/search").json();
    assertThat(team.at("/default_key/limits/requests_per_minute").asInt()).isEqualTo(60);
    assertThat(team.at("/default_key/limits/concurrent").asInt()).isEqualTo(5);
    browser.click("#credit");
    browser.fill(".ask [name=amount]", "100");
    browser.fill(".ask [name=reason]", "launch");
    browser.clickButton(".ask", "Add");
    browser.awaitText("#toasts", "The credit was added");
    browser.awaitText("[aria-label='What is left of the limits']", "$600.00 of $600.00");
    browser.click("#remove");
    browser.clickButton(".ask", "Remove");
    browser.await("location.hash === '#/keys'");
    assertThat(fixture.get("/api/teams/search").status()).isEqualTo(404);
  }

  @Test
  void aReaderSeesNoButtonThatFails() {
    fixture.create("{\"name\":\"seen\",\"owner\":\"ann\"}");
    open(KeysFixture.READER, "#/keys");
    browser.awaitText(".governance", "seen");
    browser.await("document.documentElement.classList.contains('reader')");
    browser.fill("#filter-owner", "nobody");
    browser.awaitText(".governance", "No key matches");
    browser.fill("#filter-owner", "ann");
    browser.await("document.querySelectorAll('.governance:first-child [data-row]').length === 1");
    String offered =
        "[...document.querySelectorAll('main button, main a.button')]"
            + ".filter(b => b.offsetParent !== null).length";
    assertThat(browser.evaluate(offered).asInt()).isZero();
    browser.press("Escape");
    browser.click("[data-row]");
    browser.awaitText(".title", "seen");
    browser.await("document.querySelector('[aria-label=\"What was used\"]')");
    assertThat(browser.evaluate("document.querySelectorAll('.buttons').length").asInt()).isZero();
  }

  @Test
  void filedKeysAreNotEditableAndNarrowScreensScrollDownOnly() {
    open(KeysFixture.BOSS, "#/keys");
    browser.awaitText(".governance", "file-key");
    for (String theme : new String[] {"dark", "light"}) {
      browser.prefer(theme);
      browser.resize(390);
      assertThat(browser.overflow()).isLessThanOrEqualTo(0);
    }
    browser.press("j");
    browser.press("Enter");
    browser.awaitText(".subject", "It is in the configuration file");
    assertThat(browser.evaluate("document.querySelectorAll('.buttons').length").asInt()).isZero();
    assertThat(browser.overflow()).isLessThanOrEqualTo(0);
    browser.press("Escape");
    browser.await("location.hash === '#/keys'");
    browser.press("n");
    browser.await("document.querySelector('.edit')");
    assertThat(browser.overflow()).isLessThanOrEqualTo(0);
  }
}
