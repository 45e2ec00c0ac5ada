package com.langdock.reliability.gateway.exchange;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Removes from a provider's words what they must not tell anybody: the credentials and header
 * values that the gateway sends to this provider, its address, and what looks like a key or like
 * the id of an organization.
 *
 * <p>Providers do quote them: a refused key, whole or with its middle starred; the organization in
 * a rate limit; a proxy's target address; an echo of the request's headers. There is one for each
 * provider, and it is applied where a {@code ProviderReply} is made, so that no path to a client, a
 * log line or the journal can pass it by.
 */
public final class Redactor {
  /** What stands in the place of what was removed. */
  public static final String REMOVED = "[redacted]";

  /** A shorter value is no secret, and removing it would spoil ordinary words. */
  private static final int SHORTEST = 4;

  /** A secret of this length is also recognised by its beginning. */
  private static final int RECOGNISABLE = 16;

  private static final int BEGINNING = 8;

  private static final List<String> SHAPES =
      List.of(
          // A key with its middle starred: "sk-pr**********cret"
          "(?<![\\w-])[\\w-]{0,64}\\*{4,}[\\w-]*",
          // Keys of OpenAI, Anthropic, OpenRouter, DeepSeek; xAI; Groq; Perplexity; Google
          "\\b(?:sk|xai|gsk|pplx)-[\\w-]{12,}",
          "\\bAIza[\\w-]{30,}",
          // Ids of organizations and projects of OpenAI, of workspaces of Anthropic
          "\\b(?:org|proj|wrkspc)[-_][A-Za-z0-9]{8,}",
          // "team 16f2151a-40f4-4a80-8ad0-cae00c27e8dd" (xAI) and the like
          "(?<=\\b(?:organization|team|workspace|project|account) )"
              + "\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  /** Knows no secret; removes only what looks like one. */
  public static final Redactor NONE = new Redactor(List.of(), 0);

  private final Pattern forbidden;
  private final int longest;

  private Redactor(List<String> own, int longest) {
    List<String> all = new ArrayList<>(own);
    all.addAll(SHAPES);
    this.forbidden = Pattern.compile(String.join("|", all));
    this.longest = longest;
  }

  /**
   * A redactor for one provider.
   *
   * @param secrets values of headers that are sent to it; empty and very short ones are no secrets
   */
  public static Redactor of(URI baseUrl, Collection<String> secrets) {
    List<String> whole =
        secrets.stream()
            .flatMap(secret -> parts(secret).stream())
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
    List<String> patterns = new ArrayList<>();
    whole.forEach(part -> patterns.add(Pattern.quote(part)));
    for (String part : whole) {
      if (part.length() >= RECOGNISABLE) {
        patterns.add(Pattern.quote(part.substring(0, BEGINNING)) + "[\\w.*\u2026-]*");
      }
    }
    int longest = whole.isEmpty() ? 0 : whole.getFirst().length();
    String host = baseUrl.getHost();
    if (host != null) {
      patterns.addAll(address(host));
    }
    return new Redactor(patterns, longest);
  }

  /** The value, the credential in it behind a scheme such as Bearer, and both URL-encoded. */
  private static List<String> parts(String secret) {
    String value = secret.strip();
    List<String> parts = new ArrayList<>();
    for (String part : List.of(value, value.substring(value.lastIndexOf(' ') + 1))) {
      if (part.length() >= SHORTEST) {
        parts.add(part);
        parts.add(URLEncoder.encode(part, StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  /** Every URL of the host, and the host by itself unless it may be an ordinary word. */
  private static List<String> address(String host) {
    String quoted = "(?i:" + Pattern.quote(host) + ")";
    boolean isWord = host.indexOf('.') < 0 && host.indexOf(':') < 0;
    return List.of(
        "(?i:https?|wss?)://(?:[^\\s/@\"'<>]{0,256}@)?" + quoted + "(?![\\w.-])[^\\s\"'<>)]*",
        isWord
            ? "\\b" + quoted + ":\\d{2,5}\\b"
            : "(?<![\\w.-])" + quoted + "(?![\\w-]|\\.\\w)(?::\\d{1,5})?");
  }

  /**
   * The text without what must not be told, cut to {@code most} characters.
   *
   * @param text of any length
   */
  public String clean(String text, int most) {
    String near = text.substring(0, Math.min(text.length(), most + longest));
    String cleaned = forbidden.matcher(near).replaceAll(REMOVED);
    if (cleaned.length() <= most) {
      return cleaned;
    }
    int end = Character.isHighSurrogate(cleaned.charAt(most - 1)) ? most - 1 : most;
    return cleaned.substring(0, end);
  }
}
