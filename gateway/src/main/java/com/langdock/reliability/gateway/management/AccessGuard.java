package com.langdock.reliability.gateway.management;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.domain.TrustedProxies;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request to the management port may pass.
 *
 * <p>A {@code Host} that is not this machine's is refused, which prevents DNS rebinding: a page
 * from elsewhere could point its own name here. With tokens, everything but health and the page's
 * files requires one, and changes one that may. Without them, everything is for programs and pages
 * of this machine only: not for other machines, not through a proxy, not for a page of another
 * origin, whose GET requests browsers send without asking.
 */
final class AccessGuard {
  private static final Pattern ADDRESS =
      Pattern.compile("localhost|\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]");
  private static final Pattern ORIGIN_SCHEME = Pattern.compile("^https?://");
  private static final List<String> FORWARDING =
      List.of("forwarded", "x-forwarded-for", "x-real-ip");
  private static final Set<String> OWN_PAGES = Set.of("same-origin", "none");
  private static final String BEARER = "bearer ";
  private static final int MAX_TOKEN = 512;

  /** What was decided. */
  sealed interface Decision {}

  /**
   * The request may pass.
   *
   * @param token that it came with, null when it needed none
   */
  record Passed(@Nullable AdminToken token) implements Decision {
    private static final Passed WITHOUT_TOKEN = new Passed(null);
  }

  /** Why a request is refused. */
  record Refusal(int status, String code, String message) implements Decision {}

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
          "Other machines or a proxy can reach this port: set management.tokens to list"
              + " requests and to change anything here.");
  private static final Refusal TOKEN_MISSING =
      new Refusal(
          401, "admin_token_missing", "Send Authorization: Bearer with one of management.tokens.");
  private static final Refusal TOKEN_WRONG =
      new Refusal(401, "admin_token_wrong", "This is none of management.tokens.");
  private static final Refusal MAY_ONLY_READ =
      new Refusal(403, "admin_role_required", "This token may only read; role: admin may change.");

  private final Supplier<ManagementAccess> current;

  /** A guard that follows {@code current}, which may change. */
  AccessGuard(Supplier<ManagementAccess> current) {
    this.current = current;
  }

  /** Whose word counts for where a request comes from. */
  TrustedProxies proxies() {
    return current.get().proxies();
  }

  /**
   * Whether a request may use a route of that audience.
   *
   * @param changes whether it may change something
   * @param authority of its {@code Host} header, null when it has none that is valid
   */
  Decision decide(
      Route.Audience audience, boolean changes, @Nullable HostAndPort authority, MultiMap headers) {
    ManagementAccess access = current.get();
    boolean publicFile = audience == Route.Audience.ANYBODY && !access.local();
    if (!publicFile && !isOwnHost(access, authority)) {
      return FORBIDDEN_HOST;
    }
    boolean isOpen = audience == Route.Audience.SCRAPER && access.openMetrics();
    if (audience == Route.Audience.ANYBODY) {
      return Passed.WITHOUT_TOKEN;
    }
    if (isOpen) {
      return crossSite(headers);
    }
    return access.needsToken()
        ? withToken(access, changes, headers)
        : withoutToken(access, headers);
  }

  private static boolean isOwnHost(ManagementAccess access, @Nullable HostAndPort host) {
    return host != null
        && (ADDRESS.matcher(host.host()).matches()
            || access.hosts().contains(host.host().toLowerCase(Locale.ROOT)));
  }

  private static Decision withoutToken(ManagementAccess access, MultiMap headers) {
    boolean forwarded = FORWARDING.stream().anyMatch(headers::contains);
    return access.local() && !forwarded ? crossSite(headers) : NO_TOKEN_SET;
  }

  /** Browsers send the origin of a request; other programs do not. */
  private static Decision crossSite(MultiMap headers) {
    String site = headers.get("sec-fetch-site");
    String origin = headers.get(HttpHeaders.ORIGIN);
    boolean ownPage = site == null || OWN_PAGES.contains(site);
    return ownPage && isSame(origin, headers.get(HttpHeaders.HOST))
        ? Passed.WITHOUT_TOKEN
        : CROSS_SITE;
  }

  private static boolean isSame(@Nullable String origin, @Nullable String host) {
    return origin == null || ORIGIN_SCHEME.matcher(origin).replaceFirst("").equalsIgnoreCase(host);
  }

  private static Decision withToken(ManagementAccess access, boolean changes, MultiMap headers) {
    List<String> sent = headers.getAll(HttpHeaders.AUTHORIZATION);
    if (sent.isEmpty() || !sent.getFirst().regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return TOKEN_MISSING;
    }
    String text = sent.getFirst().substring(BEARER.length()).strip();
    AdminToken token =
        sent.size() > 1 || text.length() > MAX_TOKEN
            ? null
            : access.tokens().find(KeyHash.sha256().digest(text.getBytes(ISO_8859_1)));
    if (token == null) {
      return TOKEN_WRONG;
    }
    return changes && !token.mayChange() ? MAY_ONLY_READ : new Passed(token);
  }
}
