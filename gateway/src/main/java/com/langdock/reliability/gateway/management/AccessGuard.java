package com.langdock.reliability.gateway.management;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request to the management port may pass.
 *
 * <p>A {@code Host} that is not this machine's is refused, which prevents DNS rebinding: a page
 * from elsewhere could point its own name here. With a token, everything but health and the page's
 * files requires it. Without one, lists and changes are for programs and pages of this machine
 * only: not for other machines, not through a proxy, not for a page of another origin, whose GET
 * requests browsers send without asking.
 */
final class AccessGuard {
  private static final Pattern ADDRESS =
      Pattern.compile("localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]");
  private static final Pattern ORIGIN_SCHEME = Pattern.compile("^https?://");
  private static final List<String> FORWARDING =
      List.of("forwarded", "x-forwarded-for", "x-real-ip");
  private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");
  private static final String BEARER = "bearer ";

  /** Why a request is refused. */
  record Refusal(int status, String code, String message) {}

  private static final Refusal FORBIDDEN_HOST =
      new Refusal(
          403,
          "forbidden_host",
          "This port answers to localhost, to addresses, and to the names in"
              + " observability.allowed_hosts.");
  private static final Refusal CROSS_SITE =
      new Refusal(403, "cross_site", "Pages of other sites may not use this API.");
  private static final Refusal NO_TOKEN_SET =
      new Refusal(
          403,
          "admin_token_required",
          "Other machines or a proxy can reach this port: set observability.admin_token to list"
              + " requests and to change anything here.");
  private static final Refusal TOKEN_MISSING =
      new Refusal(
          401, "admin_token_missing", "Send Authorization: Bearer with observability.admin_token.");
  private static final Refusal TOKEN_WRONG =
      new Refusal(401, "admin_token_wrong", "This is not observability.admin_token.");

  private final ManagementAccess access;
  private final byte @Nullable [] token;

  AccessGuard(ManagementAccess access) {
    this.access = access;
    this.token = access.token() == null ? null : hash(access.token());
  }

  /**
   * Why a request may not use a route of that audience; null when it may.
   *
   * @param authority of its {@code Host} header, null when it has none that is valid
   */
  @Nullable Refusal refusal(
      Route.Audience audience, @Nullable HostAndPort authority, MultiMap headers) {
    boolean publicFile = audience == Route.Audience.ANYBODY && !access.local();
    if (!publicFile && !isOwnHost(authority)) {
      return FORBIDDEN_HOST;
    }
    return switch (audience) {
      case ANYBODY -> null;
      case SCRAPER -> token == null ? crossSite(headers) : withToken(headers, token);
      case OPERATOR -> token == null ? withoutToken(headers) : withToken(headers, token);
    };
  }

  private boolean isOwnHost(@Nullable HostAndPort host) {
    return host != null
        && (ADDRESS.matcher(host.host()).matches()
            || access.hosts().contains(host.host().toLowerCase(Locale.ROOT)));
  }

  private @Nullable Refusal withoutToken(MultiMap headers) {
    boolean forwarded = FORWARDING.stream().anyMatch(headers::contains);
    return access.local() && !forwarded ? crossSite(headers) : NO_TOKEN_SET;
  }

  /** Browsers send the origin of a request; other programs do not. */
  private static @Nullable Refusal crossSite(MultiMap headers) {
    String site = headers.get("sec-fetch-site");
    String origin = headers.get(HttpHeaders.ORIGIN);
    boolean ownPage = site == null || OWN_PAGES.contains(site);
    return ownPage && isSame(origin, headers.get(HttpHeaders.HOST)) ? null : CROSS_SITE;
  }

  private static boolean isSame(@Nullable String origin, @Nullable String host) {
    return origin == null || ORIGIN_SCHEME.matcher(origin).replaceFirst("").equalsIgnoreCase(host);
  }

  private static @Nullable Refusal withToken(MultiMap headers, byte[] token) {
    String sent = headers.get(HttpHeaders.AUTHORIZATION);
    if (sent == null || !sent.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return TOKEN_MISSING;
    }
    byte[] hash = hash(sent.substring(BEARER.length()).strip());
    return MessageDigest.isEqual(hash, token) ? null : TOKEN_WRONG;
  }

  /** A hash, so that the time of a comparison does not depend on the token. */
  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
