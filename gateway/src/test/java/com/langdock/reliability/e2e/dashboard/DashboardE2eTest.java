package com.langdock.reliability.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.langdock.reliability.e2e.GatewayFixture;
import com.langdock.reliability.gateway.Gateway;
import com.langdock.reliability.gateway.config.ConfigLoader;
import com.langdock.reliability.gateway.config.GatewayConfig;
import com.langdock.reliability.gateway.config.LoadedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard as a user sees it. */
@Tag("e2e")
class DashboardE2eTest {
  private static final String ROWS = "document.querySelectorAll('[data-row]')";
  private static final String FIRST_ROW = ".requests tbody tr";
  private static final Duration FAILOVER_SHOWS = Duration.ofSeconds(2);

  /**
   * Chromium may still write while it is ended; remaining files are temporary files of the system.
   */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  private GatewayFixture fixture;
  private Browser browser;

  @BeforeAll
  static void chromiumIsInstalled() {
    assumeTrue(Browser.isInstalled(), "no /usr/bin/chromium; Debian: apt-get install chromium");
  }

  @BeforeEach
  void open() throws Exception {
    fixture = GatewayFixture.open();
    browser = new Browser(Files.createDirectory(folder.resolve(System.nanoTime() + "")));
    browser.resize(1200);
    browser.open(page());
  }

  @AfterEach
  void close() {
    try (GatewayFixture closed = fixture;
        Browser ended = browser) {
      assertThat(ended.problems()).as("errors in the page's console").isEmpty();
      assertThat(closed.gateway).isNotNull();
    }
  }

  private String page() {
    return "http://127.0.0.1:" + fixture.gateway.managementPort() + "/";
  }

  private void answerByFailover() {
    fixture.openai.configure("{\"rate_limit_probability\":1}");
    fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("anthropic");
  }

  @Test
  void showsThatNothingHappenedYet() {
    browser.awaitText("#health", "healthy");
    browser.awaitText(".list .empty", "No requests yet");
    browser.awaitText("[data-provider=openai]", "circuit closed");
    browser.awaitText("#figure-success", "–");
  }

  @Test
  void figuresMoveWithTheTraffic() {
    browser.awaitText("#figure-rps", "0");
    fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
    browser.awaitText("#figure-success", "100 %");
    browser.awaitText("#figure-latency", "ms");
    browser.awaitText(FIRST_ROW, "success");
  }

  @Test
  void anOpenCircuitIsShownOnItsCard() {
    fixture.openai.configure("{\"server_error_probability\":1}");
    for (int request = 0; request < 5; request++) {
      fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("anthropic");
    }
    browser.await("document.querySelector('[data-provider=openai] .strip .open')");
    browser.awaitText("[data-provider=anthropic]", "circuit closed");
  }

  @Test
  void filtersSelectRequests() {
    fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
    fixture.ask("{}").isError(400, "missing_field");
    browser.await(ROWS + ".length === 2");
    browser.choose("#filter-outcome", "invalid");
    browser.await(ROWS + ".length === 1");
    browser.awaitText(FIRST_ROW, "invalid");
    browser.choose("#filter-model", "claude-3-opus");
    browser.awaitText(".list .empty", "No request matches");
    browser.click(".filters button");
    browser.await(ROWS + ".length === 2");
  }

  @Test
  void anOperatorResetsACircuit() {
    fixture.openai.configure("{\"server_error_probability\":1}");
    for (int request = 0; request < 5; request++) {
      fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("anthropic");
    }
    browser.await("document.querySelector('[data-provider=openai] .strip .open')");
    fixture.openai.configure("{}");
    browser.click("[data-provider=openai] [data-action=reset]:not([hidden])");
    browser.awaitText("#toasts", "circuit closed");
    browser.await(
        "!document.querySelector('[data-provider=openai] [data-action=reset]:not([hidden])')");
    fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
  }

  @Test
  void filtersArePartOfTheAddress() {
    fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
    fixture.ask("{}").isError(400, "missing_field");
    browser.await(ROWS + ".length === 2");
    browser.choose("#filter-outcome", "invalid");
    browser.await(ROWS + ".length === 1 && location.hash === '#/?outcome=invalid'");
    browser.open(page() + "#/?outcome=invalid");
    browser.await(ROWS + ".length === 1");
    browser.await("document.querySelector('#filter-outcome').value === 'invalid'");
    browser.choose("#filter-outcome", "");
    browser.await(ROWS + ".length === 2");
    browser.evaluate("history.back()");
    browser.await(ROWS + ".length === 1");
    browser.click("[data-row]");
    browser.await("document.querySelector('.request-page')");
    browser.click(".back");
    browser.await(ROWS + ".length === 1 && location.hash === '#/?outcome=invalid'");
  }

  @Test
  void requestsAreShownByClientAndByCause() {
    for (String client : List.of("search", "search", "chat")) {
      String body =
          GatewayFixture.chat("gpt-4")
              .replace("{\"model", "{\"client_id\":\"" + client + "\",\"model");
      fixture.ask(body).isAnsweredBy("openai");
    }
    fixture.ask("{}").isError(400, "missing_field");
    browser.open(page() + "#/?by=client");
    browser.awaitText(".groups tbody tr:first-child", "search");
    browser.click(".tabs a:nth-child(3)");
    browser.awaitText(".groups tbody tr:first-child", "missing field");
    browser.click(".groups tbody a");
    browser.await(ROWS + ".length === 1");
  }

  @Test
  void theTokenIsAskedForAndKeptInTheTab() {
    String token = "0123456789-admin-token";
    try (GatewayFixture guarded =
        GatewayFixture.open(
            GatewayFixture.with("observability: {metrics_port: 0, admin_token: " + token + "}"))) {
      browser.open("http://127.0.0.1:" + guarded.gateway.managementPort() + "/");
      browser.await("document.querySelector('#token-input')");
      browser.evaluate("document.querySelector('#token-input').value = 'wrong'");
      browser.click(".token button");
      browser.awaitText(".token", "is wrong");
      browser.evaluate("document.querySelector('#token-input').value = '" + token + "'");
      browser.click(".token button");
      browser.awaitText("#health", "healthy");
      browser.awaitText(".list .empty", "No requests yet");
      browser.evaluate("location.reload()");
      browser.awaitText("#health", "healthy");
      browser.await("!document.querySelector('#token-input')");
    }
  }

  @Test
  void manyProvidersHaveARowEach() throws IOException {
    try (Gateway many = Gateway.start(twelveProviders())) {
      browser.resize(1400);
      browser.open("http://127.0.0.1:" + many.managementPort() + "/");
      browser.await("document.querySelectorAll('.row').length === 12");
      String top = "document.querySelector('.list').getBoundingClientRect().top + scrollY";
      assertThat(browser.evaluate(top).asInt()).isLessThan(1_000);
      browser.click("[data-provider=p3] summary");
      browser.awaitText("[data-provider=p3]", "circuit closed");
      browser.resize(390);
      assertThat(browser.overflow()).isLessThanOrEqualTo(0);
    }
  }

  private static GatewayConfig twelveProviders() throws IOException {
    StringBuilder yaml = new StringBuilder(GatewayFixture.SHORT_TIMES);
    yaml.append("journal: {url: none}\nproviders:\n");
    for (int i = 0; i < 12; i++) {
      yaml.append("  - {name: p").append(i);
      yaml.append(", type: openai, base_url: 'http://127.0.0.1:9', models: [gpt-4, gpt-4o]}\n");
    }
    Path file = Files.writeString(folder.resolve("twelve.yaml"), yaml);
    return switch (new ConfigLoader(Map.of()).load(file, List.of())) {
      case LoadedConfig.Loaded loaded -> loaded.config();
      case LoadedConfig.Rejected rejected -> throw new AssertionError(rejected.problems());
    };
  }

  @Test
  void theTimelineOfAFailoverIsShown() {
    answerByFailover();
    browser.awaitText(FIRST_ROW, "anthropic/claude-3-opus");
    browser.click("[data-row]");
    browser.awaitText(".gist", "openai 429 → anthropic");
    browser.awaitText(".timeline", "openai/gpt-4 answered 429");
    browser.awaitText(".timeline", "moves on to anthropic/claude-3-opus");
    browser.awaitText(".timeline", "anthropic/claude-3-opus answered after");
    browser.await("document.querySelector('.waterfall .bar.failed')");
    browser.await("document.querySelector('.waterfall .bar.success')");
    assertThat(browser.evaluate("document.querySelectorAll('.attempts tbody tr').length").asInt())
        .isEqualTo(2);
  }

  @Test
  void withoutKeysAndFileThePagesSayWhatIsMissing() {
    browser.awaitText("#health", "healthy");
    browser.press("2");
    browser.awaitText(".governance", "No request needs a key yet");
    browser.awaitText(".governance", "There are no keys");
    browser.open(page() + "#/new-key");
    browser.awaitText("main", "No request needs a key yet");
    browser.open(page() + "#/keys/key:nobody");
    browser.awaitText(".problem", "There is no key of that id. (not_found)");
    browser.press("4");
    browser.awaitText("main", "started without a file");
    browser.press("1");
    browser.awaitText(".list .empty", "No requests yet");
  }

  @Test
  void anUnknownRequestIsReported() {
    browser.open(page() + "#/requests/req_1_00000000");
    browser.awaitText("main", "No such request");
  }

  @Test
  void aFailoverIsShownQuickly() {
    browser.awaitText(".list .empty", "No requests yet");
    long start = System.nanoTime();
    answerByFailover();
    browser.awaitText(FIRST_ROW, "anthropic/claude-3-opus");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAILOVER_SHOWS);
  }

  @Test
  void everythingWorksByKeyboard() {
    fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
    fixture.ask(GatewayFixture.chat("gpt-4")).isAnsweredBy("openai");
    browser.await(ROWS + ".length === 2");
    browser.press("j");
    browser.press("j");
    browser.await("document.activeElement === " + ROWS + "[1]");
    browser.press("ArrowUp");
    browser.await("document.activeElement === " + ROWS + "[0]");
    browser.press("Enter");
    browser.awaitText(".timeline", "openai/gpt-4 answered");
    browser.press("Escape");
    browser.await(ROWS + ".length === 2");
    browser.press("/");
    browser.await("document.activeElement.id === 'filter-id'");
    browser.press("Escape");
    browser.press("?");
    browser.await("document.querySelector('dialog').open");
    browser.click("dialog button");
    browser.await("!document.querySelector('dialog').open");
  }

  @Test
  void aNarrowScreenScrollsDownOnly() {
    answerByFailover();
    browser.resize(360);
    browser.awaitText(FIRST_ROW, "anthropic/claude-3-opus");
    assertThat(browser.overflow()).isLessThanOrEqualTo(0);
    browser.click("[data-row]");
    browser.await("document.querySelector('.waterfall svg')");
    assertThat(browser.overflow()).isLessThanOrEqualTo(0);
  }

  @Test
  void theThemeFollowsTheSystemUntilOneIsChosen() {
    String background = "getComputedStyle(document.body).backgroundColor";
    browser.prefer("dark");
    browser.awaitText("#health", "healthy");
    browser.await(background + " === 'rgb(14, 16, 20)'");
    browser.press("t");
    browser.await(background + " === 'rgb(246, 247, 249)'");
    browser.open(page());
    browser.await("document.documentElement.dataset.theme === 'light'");
  }

  @Test
  void aStoppedGatewayIsReported() {
    browser.awaitText("#health", "healthy");
    fixture.gateway.close();
    browser.await("!document.querySelector('#banner').hidden");
    browser.awaitText("#banner", "The gateway cannot be reached.");
    browser.awaitText("#health", "unknown");
  }
}
