package com.langdock.reliability.gateway.provider.gemini;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * One entry of {@code contents}: the consecutive parts of one side.
 *
 * <p>Results come first and in the order of their calls, even if the client put other parts between
 * them.
 */
final class Turn {
  /**
   * Sent with a call whose signature the client does not have, because another model made it or the
   * client dropped it. Gemini then does not check it.
   */
  static final String NO_SIGNATURE = "skip_thought_signature_validator";

  /** The author of a turn. */
  enum Side {
    USER,
    MODEL
  }

  /** A result with the position of its call. */
  private record Answered(int order, Part.Result result, List<Part> attachments) {}

  private final Side side;
  private final List<Answered> results = new ArrayList<>();
  private final List<Part> parts = new ArrayList<>();

  Turn(Side side) {
    this.side = side;
  }

  Side side() {
    return side;
  }

  boolean isEmpty() {
    return results.isEmpty() && parts.isEmpty();
  }

  void add(Part part) {
    parts.add(part);
  }

  /**
   * Adds the result of the call with number {@code order}.
   *
   * @param attachments the result's images, if they cannot be inside it
   */
  void addResult(int order, Part.Result result, List<Part> attachments) {
    results.add(new Answered(order, result, attachments));
  }

  /** Signs the first call, as models from Gemini 3 on require, unless it has a signature. */
  void signFirstCall() {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i) instanceof Part.Call call) {
        parts.set(i, call.signature() == null ? call.signed(NO_SIGNATURE) : call);
        return;
      }
    }
  }

  void write(JsonGenerator out) {
    results.sort(Comparator.comparingInt(Answered::order));
    List<Part> all = new ArrayList<>();
    results.forEach(answered -> all.add(answered.result()));
    results.forEach(answered -> all.addAll(answered.attachments()));
    all.addAll(parts);
    out.writeStartObject();
    out.writeStringProperty("role", side == Side.USER ? "user" : "model");
    Part.writeAll(out, all);
    out.writeEndObject();
  }
}
