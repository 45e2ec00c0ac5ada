package com.langdock.reliability.mock.format.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cloud's path of a request for Claude, taken apart. */
record HostedPath(String model, String method) {
  /** The clouds. */
  enum Host {
    /** {@code /publishers/anthropic/models/MODEL:rawPredict}. */
    VERTEX(
        ".*/publishers/anthropic/models/([^/:]+):(rawPredict|streamRawPredict)",
        "vertex-2023-10-16"),
    /** {@code /model/MODEL/invoke}. */
    BEDROCK(
        ".*/model/([^/]+)/(invoke|invoke-with-response-stream|count-tokens)", "bedrock-2023-05-31");

    private final Pattern path;
    private final String version;

    Host(String path, String version) {
      this.path = Pattern.compile(path);
      this.version = version;
    }

    /** The version that bodies must have. */
    String version() {
      return version;
    }
  }

  private static final String COUNT = "count-tokens";
  private static final Set<String> STREAMS =
      Set.of("streamRawPredict", "invoke-with-response-stream");

  /** The parts; both are empty for another path. */
  static HostedPath of(Host host, String path) {
    Matcher parts = host.path.matcher(path);
    return parts.matches()
        ? new HostedPath(URLDecoder.decode(parts.group(1), UTF_8), parts.group(2))
        : new HostedPath("", "");
  }

  boolean isCount() {
    return method.equals(COUNT) || model.equals(COUNT);
  }

  boolean isChat() {
    return !method.isEmpty() && !isCount();
  }

  boolean isStream() {
    return STREAMS.contains(method);
  }
}
