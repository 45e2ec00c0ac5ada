package com.langdock.reliability.e2e.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.gateway.FiledGateway;
import com.langdock.reliability.gateway.Gateway;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's page of the configuration: what runs, another text, versions. */
@Tag("e2e")
class ConfigPageE2eTest {
  private static final String BOSS = "at-lg-the-token-of-an-administrator";
  private static final String READER = "at-lg-the-token-of-somebody-who-reads";
  private static final String RESULT = "#config-result";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private static Path folder;

  private Path own;
  private Gateway gateway;
  private Browser browser;

  @BeforeAll
  static void chromiumIsInstalled() {
    assumeTrue(Browser.isInstalled(), "no /usr/bin/chromium; Debian: apt-get install chromium");
  }

  private static String config(String more) {
    return """
    server: {host: 127.0.0.1, port: 0}
    observability: {metrics_port: 0, log_level: error}
    journal: {url: none}
    management:
      tokens:
        - {name: boss, role: admin, hash: '%s'}
        - {name: reader, role: read, hash: '%s'}
    providers:
      - {name: openai, base_url: 'http://127.0.0.1:9', api_key: 'sk-in-the-file', models: [gpt-4]}
    %s
    """
        .formatted(KeyHash.of(BOSS).text(), KeyHash.of(READER).text(), more);
  }

  /** A text that may be put: its credential is in the environment. */
  private static String other(String more) {
    return config(more).replace("sk-in-the-file", "$" + "{KEY}");
  }

  @BeforeEach
  void open() throws Exception {
    own = Files.createDirectory(folder.resolve(System.nanoTime() + ""));
    gateway = FiledGateway.start(own, config(""), Map.of("KEY", "sk-provider"));
    browser = new Browser(own);
    browser.resize(1200);
  }

  @AfterEach
  void close() {
    try (Gateway closed = gateway;
        Browser ended = browser) {
      assertThat(ended.problems()).as("errors in the page's console").isEmpty();
      assertThat(closed).isNotNull();
    }
  }

  private void open(String token) {
    browser.open("http://127.0.0.1:" + gateway.managementPort() + "/#/config");
    browser.fill("#token-input", token);
    browser.click(".token button");
    browser.awaitText("pre.text", "providers:");
  }

  /** Writes a text into the field as it is. */
  private void paste(String text) {
    browser.fill("#config-text", text.replace("$", "\\$"));
  }

  private void apply() {
    browser.click("#config-apply");
    browser.clickButton(".ask", "Apply");
  }

  @Test
  void anotherTextIsComparedCheckedAppliedAndTakenBack() throws Exception {
    open(BOSS);
    assertThat(browser.text("pre.text")).contains("***").doesNotContain("sk-in-the-file");
    browser.click("#config-begin");
    browser.awaitText(RESULT, "*** stands for what is not shown");
    browser.click("#config-compare");
    browser.awaitText(RESULT, "There is no difference");

    paste(other("retry: {max_attempts: 0}"));
    browser.click("#config-compare");
    browser.awaitText(RESULT, "+ retry: {max_attempts: 0}");
    browser.click("#config-check");
    browser.awaitText(RESULT, "retry.max_attempts");
    apply();
    browser.awaitText(RESULT, "config_rejected");
    browser.awaitText(RESULT, "retry.max_attempts");

    paste(other("retry: {max_attempts: 3}"));
    browser.click("#config-check");
    browser.awaitText(RESULT, "Nothing is wrong with it");
    apply();
    browser.awaitText(".facts", "boss");
    browser.awaitText("pre.text", "max_attempts: 3");
    assertThat(own.resolve("config.yaml")).hasContent(other("retry: {max_attempts: 3}"));

    put(other("retry: {max_attempts: 4}"), 2);
    paste(other("retry: {max_attempts: 5}"));
    apply();
    browser.awaitText(RESULT, "Version 3 is in use. (stale_version)");
    browser.awaitText(RESULT, "- retry: {max_attempts: 4}");
    browser.awaitText("pre.text", "max_attempts: 4");

    browser.click("[aria-label='Compare version 2']");
    browser.awaitText(RESULT, "+ retry: {max_attempts: 3}");
    browser.click("[aria-label='Roll back version 2']");
    browser.clickButton(".ask", "Roll back");
    browser.awaitText("pre.text", "max_attempts: 3");
    assertThat(own.resolve("config.yaml")).hasContent(other("retry: {max_attempts: 3}"));
    browser.resize(390);
    assertThat(browser.overflow()).isLessThanOrEqualTo(0);
  }

  private void put(String text, int version) throws Exception {
    URI url = URI.create("http://127.0.0.1:" + gateway.managementPort() + "/api/config");
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("authorization", "Bearer " + BOSS)
            .header("content-type", "application/yaml")
            .header("if-match", "\"" + version + "\"")
            .PUT(BodyPublishers.ofString(text))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aReaderComparesOnly() {
    open(READER);
    paste(other("retry: {max_attempts: 3}"));
    browser.click("#config-compare");
    browser.awaitText(RESULT, "+ retry: {max_attempts: 3}");
    assertThat(browser.evaluate("document.querySelector('#config-apply') === null").asBoolean())
        .isTrue();
    assertThat(browser.text("main")).doesNotContain("Roll back", "Apply", "Check");
  }
}
