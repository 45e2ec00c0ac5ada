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
 * Removes secrets from a provider's messages: the credentials and header values that the gateway
 * sends to this provider, the provider's address, and text that looks like a key or an organization
 * id.
 *
 * <p>Providers quote such values: a rejected key, complete or with asterisks in its middle; the
 * organization in a rate limit error; the target address of a proxy; an echo of request headers.
 * Each provider has one redactor. It is applied where a {@code ProviderReply} is created, so every
 * message to clients, logs and the journal is redacted.
 */
public final class Redactor {
  /** The replacement for removed text. */
  public static final String REMOVED = "[redacted]";

  /** Shorter values are not treated as secrets, because removing them would damage normal text. */
  private static final int MIN_SECRET = 4;

  /** A secret of at least this length is also recognised by its prefix. */
  private static final int MIN_WITH_PREFIX = 16;

  private static final int PREFIX_LENGTH = 8;

  private static final List<String> SHAPES =
      List.of(
          // A key with its middle starred: "sk-pr**********cret"
          "(?<![\\w-])[\\w-]{0,64}\\*{4,}[\\w-]*",
          // Keys of OpenAI, Anthropic, OpenRouter, DeepSeek; xAI; Groq; Perplexity; Google
          "\\b(?:sk|xai|gsk|pplx)-[\\w-]{12,}",
          "\\bAIza[\\w-]{30,}",
          // Tokens of Google; keys of AWS; signed tokens of anybody
          "\\bya29\\.[\\w.-]{10,}",
          "\\b(?:AKIA|ASIA)[A-Z0-9]{12,}\\b",
          "\\beyJ[\\w-]{10,}\\.[\\w-]{4,}(?:\\.[\\w-]*)?",
          // Ids of organizations and projects of OpenAI, of workspaces of Anthropic
          "\\b(?:org|proj|wrkspc)[-_][A-Za-z0-9]{8,}",
          // "team 16f2151a-40f4-4a80-8ad0-cae00c27e8dd" (xAI) and the like
          "(?<=\\b(?:organization|team|workspace|project|account) )"
              + "\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  /** Has no known secrets; removes only text that looks like one. */
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
   * @param secrets header values that are sent to it; empty and very short ones are ignored
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
      if (part.length() >= MIN_WITH_PREFIX) {
        patterns.add(Pattern.quote(part.substring(0, PREFIX_LENGTH)) + "[\\w.*\u2026-]*");
      }
    }
    int longest = whole.isEmpty() ? 0 : whole.getFirst().length();
    String host = baseUrl.getHost();
    if (host != null) {
      patterns.addAll(address(host));
    }
    return new Redactor(patterns, longest);
  }

  /** The value, the credential after a scheme such as Bearer, and both in URL encoding. */
  private static List<String> parts(String secret) {
    String value = secret.strip();
    List<String> parts = new ArrayList<>();
    for (String part : List.of(value, value.substring(value.lastIndexOf(' ') + 1))) {
      if (part.length() >= MIN_SECRET) {
        parts.add(part);
        parts.add(URLEncoder.encode(part, StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  /** Patterns for URLs of the host, and for the host name alone unless it may be a normal word. */
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
   * The redacted text, truncated to {@code most} characters.
   *
   * @param text of any length
   */
  public String clean(String text, int most) {
    String visible = text.substring(0, Math.min(text.length(), most + longest));
    String cleaned = forbidden.matcher(visible).replaceAll(REMOVED);
    if (cleaned.length() <= most) {
      return cleaned;
    }
    int end = Character.isHighSurrogate(cleaned.charAt(most - 1)) ? most - 1 : most;
    return cleaned.substring(0, end);
  }
}
