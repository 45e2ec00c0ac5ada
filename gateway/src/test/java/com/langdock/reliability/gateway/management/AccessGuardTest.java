package com.langdock.reliability.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.management.Route.Audience;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class AccessGuardTest {
  private static final String TOKEN = "a-token-of-some-length";

  private final AccessGuard local = new AccessGuard(ManagementAccess.LOCAL);
  private final AccessGuard open = guard(false, null);
  private final AccessGuard withToken = guard(false, TOKEN);

  private static AccessGuard guard(boolean local, @Nullable String token) {
    return new AccessGuard(new ManagementAccess(local, token, Set.of("gateway.internal")));
  }

  private static @Nullable String code(
      AccessGuard guard, Audience audience, String host, String... headers) {
    MultiMap sent = MultiMap.caseInsensitiveMultiMap().add("Host", host + ":9090");
    for (String header : headers) {
      String[] parts = header.split(": ", 2);
      sent.add(parts[0], parts[1]);
    }
    AccessGuard.Refusal refusal = guard.refusal(audience, HostAndPort.authority(host, 9090), sent);
    return refusal == null ? null : refusal.code();
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
      assertThat(code(open, Audience.SCRAPER, "Gateway.Internal")).isNull();
    }

    @Test
    void areNeededByEveryRequest() {
      AccessGuard.Refusal refusal =
          local.refusal(Audience.OPERATOR, null, MultiMap.caseInsensitiveMultiMap());
      assertThat(refusal).isNotNull().extracting("status").isEqualTo(403);
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
    void othersMayReadMetricsOnly() {
      assertThat(list(open)).isEqualTo("admin_token_required");
      assertThat(code(open, Audience.SCRAPER, "127.0.0.1")).isNull();
      assertThat(code(open, Audience.ANYBODY, "127.0.0.1")).isNull();
    }

    @Test
    void requestsThroughAProxyAreNotLocal() {
      for (String header :
          List.of("X-Forwarded-For: 1.2.3.4", "Forwarded: for=x", "X-Real-IP: 1")) {
        assertThat(list(local, header)).as(header).isEqualTo("admin_token_required");
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
  }
}
