package com.langdock.reliability.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.langdock.reliability.e2e.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who opens the dashboard. */
@Tag("e2e")
class DashboardE2eTest {
  private static final String ROWS = "document.querySelectorAll('[data-row]')";
  private static final String FIRST_ROW = ".requests tbody tr";
  private static final Duration FAILOVER_SHOWS = Duration.ofSeconds(2);

  /**
   * Chromium may still write while it is ended: what stays goes with the machine's own cleaning.
   */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  private Stage stage;
  private Browser browser;

  @BeforeAll
  static void chromiumIsInstalled() {
    assumeTrue(Browser.isInstalled(), "no /usr/bin/chromium; Debian: apt-get install chromium");
  }

  @BeforeEach
  void open() throws Exception {
    stage = Stage.open();
    browser = new Browser(Files.createDirectory(folder.resolve(System.nanoTime() + "")));
    browser.resize(1200);
    browser.open(page());
  }

  @AfterEach
  void close() {
    try (Stage closed = stage;
        Browser ended = browser) {
      assertThat(ended.problems()).as("errors in the page's console").isEmpty();
      assertThat(closed.gateway).isNotNull();
    }
  }

  private String page() {
    return "http://127.0.0.1:" + stage.gateway.managementPort() + "/";
  }

  private void answerByFailover() {
    stage.openai.configure("{\"rate_limit_probability\":1}");
    stage.ask(Stage.chat("gpt-4")).isAnsweredBy("anthropic");
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
    stage.ask(Stage.chat("gpt-4")).isAnsweredBy("openai");
    browser.awaitText("#figure-success", "100 %");
    browser.awaitText("#figure-latency", "ms");
    browser.awaitText(FIRST_ROW, "success");
  }

  @Test
  void aCircuitThatOpensIsSeenOnItsCard() {
    stage.openai.configure("{\"server_error_probability\":1}");
    for (int request = 0; request < 5; request++) {
      stage.ask(Stage.chat("gpt-4")).isAnsweredBy("anthropic");
    }
    browser.await("document.querySelector('[data-provider=openai] .strip .open')");
    browser.awaitText("[data-provider=anthropic]", "circuit closed");
  }

  @Test
  void filtersChooseAmongTheRequests() {
    stage.ask(Stage.chat("gpt-4")).isAnsweredBy("openai");
    stage.ask("{}").isError(400, "missing_field");
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
  void theStoryOfAFailoverIsToldOnTheRequestsPage() {
    answerByFailover();
    browser.awaitText(FIRST_ROW, "anthropic/claude-3-opus");
    browser.click("[data-row]");
    browser.awaitText(".gist", "openai 429 → anthropic");
    browser.awaitText(".story", "openai/gpt-4 answered 429");
    browser.awaitText(".story", "moves on to anthropic/claude-3-opus");
    browser.awaitText(".story", "anthropic/claude-3-opus answered after");
    browser.await("document.querySelector('.waterfall .bar.failed')");
    browser.await("document.querySelector('.waterfall .bar.success')");
    assertThat(browser.evaluate("document.querySelectorAll('.attempts tbody tr').length").asInt())
        .isEqualTo(2);
  }

  @Test
  void anUnknownRequestIsSaidToBeUnknown() {
    browser.open(page() + "#/requests/req_1_00000000");
    browser.awaitText("main", "No such request");
  }

  @Test
  void aRateLimitSwitchedOnInThePanelShowsFailoverInTime() {
    browser.await("!document.querySelector('.simulate').hidden");
    browser.await("document.querySelector('#try-model').value === 'gpt-4'");
    long start = System.nanoTime();
    browser.click("[data-mock=openai] [value=rate_limit]");
    browser.await(
        "[...document.querySelectorAll('.toast')].some(t => t.innerText.includes('rate'))");
    assertThat(stage.openai.settings()).containsEntry("rate_limit_probability", 1.0);
    browser.click(".tryout button");
    browser.awaitText(FIRST_ROW, "anthropic/claude-3-opus");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(FAILOVER_SHOWS);
    browser.await("document.querySelector('#toasts').innerText.includes('Answered by anthropic')");
    browser.click("[data-mock=openai] [value=healthy]");
    browser.await("document.querySelector('[data-mock=openai]').dataset.preset === 'healthy'");
  }

  @Test
  void theKeyboardIsEnough() {
    stage.ask(Stage.chat("gpt-4")).isAnsweredBy("openai");
    stage.ask(Stage.chat("gpt-4")).isAnsweredBy("openai");
    browser.await(ROWS + ".length === 2");
    browser.press("j");
    browser.press("j");
    browser.await("document.activeElement === " + ROWS + "[1]");
    browser.press("ArrowUp");
    browser.await("document.activeElement === " + ROWS + "[0]");
    browser.press("Enter");
    browser.awaitText(".story", "openai/gpt-4 answered");
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
    String overflow = "document.documentElement.scrollWidth - innerWidth";
    assertThat(browser.evaluate(overflow).asInt()).isLessThanOrEqualTo(0);
    browser.click("[data-row]");
    browser.await("document.querySelector('.waterfall svg')");
    assertThat(browser.evaluate(overflow).asInt()).isLessThanOrEqualTo(0);
  }

  @Test
  void darkIsAsTheSystemSaysUntilSomebodyChooses() {
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
  void aGatewayThatIsGoneIsSaidToBeGone() {
    browser.awaitText("#health", "healthy");
    stage.gateway.close();
    browser.await("!document.querySelector('#banner').hidden");
    browser.awaitText("#banner", "The gateway cannot be reached.");
    browser.awaitText("#health", "unknown");
  }
}
