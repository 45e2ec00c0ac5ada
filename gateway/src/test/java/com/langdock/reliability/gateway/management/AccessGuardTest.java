package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.access.KeyRing;
import com.langdock.reliability.core.domain.TrustedProxies;
import com.langdock.reliability.gateway.management.Route.Audience;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class AccessGuardTest {
  private static final String TOKEN = "a-token-of-some-length";
  private static final String READER = "a-token-that-may-read";

  private final AccessGuard local = new AccessGuard(() -> ManagementAccess.LOCAL);
  private final AccessGuard open = guard(false, null);
  private final AccessGuard withToken = guard(false, TOKEN);

  private static AccessGuard guard(boolean local, @Nullable String token) {
    return guard(local, token, false);
  }

  private static AccessGuard guard(boolean local, @Nullable String token, boolean openMetrics) {
    Map<KeyHash, AdminToken> tokens =
        token == null
            ? Map.of()
            : Map.of(
                KeyHash.of(token),
                new AdminToken("boss", true),
                KeyHash.of(READER),
                new AdminToken("reader", false));
    ManagementAccess access =
        new ManagementAccess(
            local,
            KeyRing.of(tokens),
            openMetrics,
            Set.of("gateway.internal"),
            TrustedProxies.NONE);
    return new AccessGuard(() -> access);
  }

  private static @Nullable String code(
      AccessGuard guard, Audience audience, String host, String... headers) {
    return code(
        guard.decide(audience, false, HostAndPort.authority(host, 9090), sent(host, headers)));
  }

  private static @Nullable String code(AccessGuard.Decision decision) {
    return decision instanceof AccessGuard.Refusal refusal ? refusal.code() : null;
  }

  private static @Nullable String change(AccessGuard guard, String... headers) {
    String host = "127.0.0.1";
    return code(
        guard.decide(
            Audience.OPERATOR, true, HostAndPort.authority(host, 9090), sent(host, headers)));
  }

  private static MultiMap sent(String host, String... headers) {
    MultiMap sent = MultiMap.caseInsensitiveMultiMap().add("Host", host + ":9090");
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      sent.add(parts[0], parts[1]);
    }
    return sent;
  }

  private static @Nullable String list(AccessGuard guard, String... headers) {
    return code(guard, Audience.OPERATOR, "127.0.0.1", headers);
  }

  @Nested
  final class Names {
    @Test
    void ofThisMachineAndAddressesAreAccepted() {
      for (String host : List.of("localhost", "127.0.0.1", "[::1]", "10.1.2.3")) {
        assertThat(code(local, Audience.OPERATOR, host)).as(host).isNull();
      }
    }

    @Test
    void ofOthersAreRefusedBeyondLoopbackToo() {
      for (AccessGuard guard : List.of(local, open, withToken)) {
        for (String host : List.of("evil.test", "localhost.evil.test", "127.evil.test")) {
          assertThat(code(guard, Audience.OPERATOR, host)).isEqualTo("forbidden_host");
          assertThat(code(guard, Audience.SCRAPER, host)).isEqualTo("forbidden_host");
        }
      }
    }

    @Test
    void thatTheConfigurationAllowsAreAccepted() {
      assertThat(code(open, Audience.OPERATOR, "Gateway.Internal"))
          .isEqualTo("admin_token_required");
      assertThat(code(withToken, Audience.OPERATOR, "Gateway.Internal"))
          .isEqualTo("admin_token_missing");
    }

    @Test
    void areNeededByEveryRequest() {
      assertThat(
              code(
                  local.decide(Audience.OPERATOR, false, null, MultiMap.caseInsensitiveMultiMap())))
          .isEqualTo("forbidden_host");
    }

    @Test
    void doNotMatterForHealthBeyondLoopback() {
      assertThat(code(open, Audience.ANYBODY, "balancer.example")).isNull();
      assertThat(code(local, Audience.ANYBODY, "balancer.example")).isEqualTo("forbidden_host");
    }
  }

  @Nested
  final class WithoutAToken {
    @Test
    void thisMachineMayListAndChange() {
      assertThat(list(local)).isNull();
      assertThat(list(local, "Sec-Fetch-Site: same-origin")).isNull();
      assertThat(list(local, "Origin: http://127.0.0.1:9090")).isNull();
    }

    @Test
    void othersMaySeeHealthOnly() {
      assertThat(list(open)).isEqualTo("admin_token_required");
      assertThat(code(open, Audience.SCRAPER, "127.0.0.1")).isEqualTo("admin_token_required");
      assertThat(code(open, Audience.ANYBODY, "127.0.0.1")).isNull();
    }

    @Test
    void requestsThroughAProxyAreNotLocal() {
      for (String header :
          List.of("X-Forwarded-For: 1.2.3.4", "Forwarded: for=x", "X-Real-IP: 1")) {
        assertThat(list(local, header)).as(header).isEqualTo("admin_token_required");
        assertThat(code(local, Audience.SCRAPER, "127.0.0.1", header)).as(header).isNotNull();
        assertThat(code(local, Audience.ANYBODY, "127.0.0.1", header)).as(header).isNull();
      }
    }

    @Test
    void pagesOfOtherOriginsAreRefused() {
      for (String header :
          List.of(
              "Sec-Fetch-Site: cross-site",
              "Sec-Fetch-Site: same-site",
              "Origin: http://evil.test",
              "Origin: http://127.0.0.1:3000",
              "Origin: null")) {
        assertThat(list(local, header)).as(header).isEqualTo("cross_site");
        assertThat(code(local, Audience.SCRAPER, "127.0.0.1", header)).isEqualTo("cross_site");
      }
    }
  }

  @Nested
  final class WithAToken {
    @Test
    void isRequiredForEverythingButHealthAndThePagesFiles() {
      for (AccessGuard guard : List.of(withToken, guard(true, TOKEN))) {
        assertThat(list(guard)).isEqualTo("admin_token_missing");
        assertThat(code(guard, Audience.SCRAPER, "10.0.0.1")).isEqualTo("admin_token_missing");
        assertThat(code(guard, Audience.ANYBODY, "10.0.0.1")).isNull();
      }
    }

    @Test
    void isAcceptedThroughAProxyAndWithAnyCaseOfTheScheme() {
      assertThat(list(withToken, "Authorization: bearer " + TOKEN, "X-Forwarded-For: 1.2.3.4"))
          .isNull();
    }

    @Test
    void isRefusedWhenWrong() {
      for (String sent : List.of("Bearer " + TOKEN + "x", "Bearer ", "Bearer a-token")) {
        assertThat(list(withToken, "Authorization: " + sent)).isEqualTo("admin_token_wrong");
      }
      assertThat(list(withToken, "Authorization: Basic " + TOKEN)).isEqualTo("admin_token_missing");
    }

    @Test
    void changesOnlyWithTheRoleForThem() {
      assertThat(change(withToken, "Authorization: Bearer " + TOKEN)).isNull();
      assertThat(change(withToken, "Authorization: Bearer " + READER))
          .isEqualTo("admin_role_required");
      assertThat(list(withToken, "Authorization: Bearer " + READER)).isNull();
      assertThat(change(withToken)).isEqualTo("admin_token_missing");
    }

    @Test
    void isSentOnce() {
      String header = "Authorization: Bearer " + TOKEN;
      assertThat(list(withToken, header, header)).isEqualTo("admin_token_wrong");
    }

    @Test
    void isNotNeededForOpenMetrics() {
      AccessGuard openMetrics = guard(false, TOKEN, true);
      assertThat(code(openMetrics, Audience.SCRAPER, "10.0.0.1")).isNull();
      assertThat(list(openMetrics)).isEqualTo("admin_token_missing");
    }
  }
}
