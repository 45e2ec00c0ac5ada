package com.langdock.reliability.gateway.config.route;

import java.util.List;

/** The paths of the data port that the gateway serves itself. */
final class OwnPaths {
  /** Those of its APIs. */
  static final List<String> EXACT =
      List.of(
          "/v1/chat/completions",
          "/v1/messages",
          "/v1/messages/count_tokens",
          "/v1/embeddings",
          "/v1/completions",
          "/v1/fim/completions",
          "/v1/moderations",
          "/v1/rerank",
          "/v1/images/generations",
          "/v1/images/edits",
          "/v1/images/variations",
          "/v1/audio/transcriptions",
          "/v1/audio/translations",
          "/v1/audio/speech",
          "/api/hello");

  /** Those below which all paths are its own. */
  private static final List<String> TREES =
      List.of(
          "/health", "/v1/key", "/v1/responses", "/v1/models", "/v1beta/models", "/v1alpha/models");

  private OwnPaths() {}

  /** Whether requests below {@code prefix} could be some of the gateway's own. */
  static boolean clashWith(String prefix) {
    return isOrIsAbove(prefix, EXACT)
        || isOrIsAbove(prefix, TREES)
        || TREES.stream().anyMatch(tree -> prefix.startsWith(tree + "/"));
  }

  private static boolean isOrIsAbove(String prefix, List<String> paths) {
    return paths.stream().anyMatch(own -> own.equals(prefix) || own.startsWith(prefix + "/"));
  }
}
