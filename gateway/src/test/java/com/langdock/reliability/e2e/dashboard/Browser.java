package com.langdock.reliability.e2e.dashboard;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A headless Chromium with one tab. */
final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final int POLL_MILLIS = 50;
  private static final int MAX_POLLS = 300;
  private static final int STOP_SECONDS = 10;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final DevTools tools;
  private int width;

  /** Starts a browser with its profile in {@code folder}. */
  Browser(Path folder) throws IOException, InterruptedException {
    process =
        new ProcessBuilder(
                CHROMIUM.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--disable-sync",
                "--disable-background-networking",
                "--disable-component-update",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + folder,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromium.log").toFile())
            .start();
    tools = new DevTools(client, tab(folder.resolve("DevToolsActivePort")));
  }

  /** Whether there is a Chromium where Debian puts it. */
  static boolean isInstalled() {
    return Files.isExecutable(CHROMIUM);
  }

  private URI tab(Path portFile) throws IOException, InterruptedException {
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      if (Files.exists(portFile) && !Files.readAllLines(portFile).isEmpty()) {
        String port = Files.readAllLines(portFile).getFirst();
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        HttpRequest request = HttpRequest.newBuilder(list).build();
        String tabs = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        for (JsonNode tab : new ObjectMapper().readTree(tabs)) {
          if (tab.path("type").asString().equals("page")) {
            return URI.create(tab.path("webSocketDebuggerUrl").asString());
          }
        }
      }
      Thread.sleep(POLL_MILLIS);
    }
    return fail("Chromium did not start");
  }

  /** Opens an address. */
  void open(String url) {
    tools.ask("Page.navigate", Map.of("url", "about:blank"));
    tools.ask("Page.navigate", Map.of("url", url));
  }

  /** The value of an expression in the page. */
  JsonNode evaluate(String expression) {
    Map<String, Object> asked =
        Map.of("expression", expression, "returnByValue", true, "awaitPromise", true);
    return tools.ask("Runtime.evaluate", asked).path("result").path("value");
  }

  /** Waits until an expression in the page is true. */
  void await(String expression) {
    for (int poll = 0; poll < MAX_POLLS; poll++) {
      if (evaluate("Boolean(" + expression + ")").asBoolean(false)) {
        return;
      }
      pause();
    }
    fail("never true: %s; the page says: %s", expression, text("body"));
  }

  /** Waits until an element shows a text. */
  void awaitText(String selector, String text) {
    await("document.querySelector(`%s`)?.innerText.includes(`%s`)".formatted(selector, text));
  }

  /** The text of an element; empty if there is no such element. */
  String text(String selector) {
    return evaluate("document.querySelector(`%s`)?.innerText ?? ''".formatted(selector)).asString();
  }

  /** Clicks an element. */
  void click(String selector) {
    await("document.querySelector(`%s`)".formatted(selector));
    evaluate("document.querySelector(`%s`).click()".formatted(selector));
  }

  /** Writes into a field as a reader would. */
  void fill(String selector, String text) {
    await("document.querySelector(`%s`)".formatted(selector));
    evaluate(
        "(() => { const f = document.querySelector(`%s`); f.value = `%s`;".formatted(selector, text)
            + " f.dispatchEvent(new Event('input')); })()");
  }

  /** Waits for a button with that text in an element, and clicks it. */
  void clickButton(String within, String title) {
    String found =
        "[...document.querySelectorAll(`%s button, %s a.button`)]".formatted(within, within)
            + ".find(b => b.textContent === `%s` && !b.disabled && b.offsetParent !== null)"
                .formatted(title);
    await(found);
    evaluate(found + ".click()");
  }

  /** By how much the page is wider than the window, which grows with it on a small screen. */
  int overflow() {
    return evaluate("document.documentElement.scrollWidth").asInt() - width;
  }

  /** Chooses an option. */
  void choose(String selector, String value) {
    evaluate(
        "(() => { const s = document.querySelector(`%s`); s.value = `%s`;"
                .formatted(selector, value)
            + " s.dispatchEvent(new Event('change')); })()");
  }

  /** Presses a key as a keyboard would; one letter is typed too. */
  void press(String key) {
    List<Map<String, Object>> events = new ArrayList<>();
    if (key.length() == 1) {
      events.add(Map.of("type", "keyDown", "key", key, "text", key));
    } else if (key.equals("Enter")) {
      events.add(Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", 13, "text", "\r"));
    } else {
      events.add(Map.of("type", "keyDown", "key", key));
    }
    events.add(Map.of("type", "keyUp", "key", key));
    events.forEach(event -> tools.ask("Input.dispatchKeyEvent", event));
  }

  /** Sets the width of the window. */
  void resize(int width) {
    this.width = width;
    Map<String, Object> size =
        Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", width < 500);
    tools.ask("Emulation.setDeviceMetricsOverride", size);
  }

  /** Sets the preferred colour scheme of the system: {@code light} or {@code dark}. */
  void prefer(String scheme) {
    Map<String, String> feature = Map.of("name", "prefers-color-scheme", "value", scheme);
    tools.ask("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** The errors of the page so far. */
  List<String> problems() {
    return tools.problems();
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      fail("interrupted");
    }
  }

  /** Ends the browser and its child processes, so that none of them writes to its folder. */
  @Override
  public void close() {
    tools.close();
    try (Stream<ProcessHandle> children = process.descendants()) {
      children.toList().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly();
    try {
      process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    client.shutdownNow();
  }
}
