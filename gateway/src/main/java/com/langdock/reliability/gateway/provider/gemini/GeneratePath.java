package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.TargetModel;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The paths of requests, which have the model's name. */
final class GeneratePath {
  private static final String WHOLE = ":generateContent";

  /** Without the query the provider streams a JSON array. */
  private static final String STREAM = ":streamGenerateContent?alt=sse";

  /** Characters of a model's name that would change the path's meaning. */
  private static final Pattern RESERVED = Pattern.compile("[^A-Za-z0-9._~/@:-]");

  private GeneratePath() {}

  /** The path of a request for an answer. */
  static String of(TargetModel target, boolean stream) {
    return of(target, stream ? STREAM : WHOLE);
  }

  /** The path of a request for {@code method}, which begins with a colon. */
  static String of(TargetModel target, String method) {
    String model = target.upstreamName();
    Matcher reserved = RESERVED.matcher(model);
    String name = reserved.find() ? reserved.replaceAll(GeneratePath::escaped) : model;
    return "/" + resource(name) + method;
  }

  /** A model's full name. One with a slash, such as {@code tunedModels/x}, is full already. */
  static String resource(String model) {
    return model.indexOf('/') < 0 ? "models/" + model : model;
  }

  private static String escaped(MatchResult character) {
    return "%%%02X".formatted((int) character.group().charAt(0));
  }
}
