package com.langdock.reliability.gateway.exchange;

import com.langdock.reliability.core.domain.Failure;
import com.langdock.reliability.core.domain.Usage;
import com.langdock.reliability.gateway.front.chat.ChatReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An answer assembled from the pieces of a stream, as a client does it. */
final class AssembledAnswer {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  final StringBuilder text = new StringBuilder();
  final StringBuilder reported = new StringBuilder();
  final StringBuilder reasoning = new StringBuilder();
  final List<String> finishReasons = new ArrayList<>();
  final Map<String, String> calls = new TreeMap<>();
  final List<Piece.Raw> chunks = new ArrayList<>();
  @Nullable Usage usage;
  String usageJson = "";
  @Nullable Failure failure;
  boolean ended;

  /** Reads {@code stream} in pieces of this many bytes. */
  static AssembledAnswer of(ChatReader decoder, byte[] stream, int pieces) {
    AssembledAnswer assembled = new AssembledAnswer();
    SseReader reader = new SseReader(data -> assembled.add(decoder.read(data)));
    for (int at = 0; at < stream.length; at += pieces) {
      reader.read(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + pieces)));
    }
    reader.end();
    return assembled;
  }

  private void add(@Nullable Piece part) {
    switch (part) {
      case Piece.Raw chunk -> add(chunk);
      case Piece.Used used -> add(used.tokens());
      case Piece.Failed failed -> failure = failed.failure();
      case Piece.Ended end -> ended = true;
      case null, default -> {}
    }
  }

  private void add(TokenReport tokens) {
    usage = tokens.usage();
    usageJson = ChatReader.usageJson(tokens);
  }

  private void add(Piece.Raw chunk) {
    chunks.add(chunk);
    reported.append(chunk.text());
    if (chunk.tokens() != null) {
      add(chunk.tokens());
    }
    for (JsonNode choice : JSON.readTree(chunk.bytes()).path("choices")) {
      JsonNode delta = choice.path("delta");
      String index = choice.path("index").asString("");
      if (index.equals("0")) {
        text.append(delta.path("content").asString(""));
      }
      reasoning.append(delta.path("reasoning_content").asString(""));
      reasoning.append(delta.path("reasoning").asString(""));
      if (choice.path("finish_reason").isString()) {
        finishReasons.add(choice.path("finish_reason").asString());
      }
      for (JsonNode call : delta.path("tool_calls")) {
        String piece =
            call.at("/function/name").asString("") + call.at("/function/arguments").asString("");
        calls.merge(index + "/" + call.path("index").asString(""), piece, String::concat);
      }
    }
  }
}
