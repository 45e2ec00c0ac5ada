package com.langdock.reliability.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.access.Access.Admission;
import com.langdock.reliability.gateway.access.Access.Reason;
import com.langdock.reliability.gateway.server.ReceivedRequests;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalAccessTest {
  private static final String GET = "GET /v1/models HTTP/1.1";
  private static final String LOCAL = "host: localhost:8080";

  private final LocalAccess access = new LocalAccess(Set.of("Workstation"));

  private Admission admission(String address, String... lines) {
    return access.admit(ReceivedRequests.of(address, lines));
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.7", "2001:db8::1", "169.254.1.1"})
  void otherMachinesAreRefused(String address) {
    assertThat(admission(address, GET, LOCAL)).isEqualTo(Reason.OTHER_MACHINE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1"})
  void thisMachineIsLetIn(String address) {
    assertThat(admission(address, GET, LOCAL)).isEqualTo(Grant.ANONYMOUS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X-Forwarded-For: 127.0.0.1", "Forwarded: for=10.0.0.7", "X-Real-IP: 10.0.0.7"})
  void whatAProxyBringsIsNotLocal(String header) {
    assertThat(admission("127.0.0.1", GET, LOCAL, header)).isEqualTo(Reason.PROXY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "api.localhost:8080",
        "127.0.0.1:8080",
        "[::1]:8080",
        "192.168.1.5:8080",
        "workstation:8080"
      })
  void theNamesOfThisMachineAreLetIn(String host) {
    assertThat(admission("127.0.0.1", GET, "host: " + host)).isEqualTo(Grant.ANONYMOUS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"evil.test", "evil.test:8080", "127.0.0.1.evil.test", "localhost.evil", ""})
  void otherNamesAreRefused(String host) {
    assertThat(admission("127.0.0.1", GET, "host: " + host)).isEqualTo(Reason.OTHER_HOST);
  }

  @Test
  void aNameIsCheckedAlsoAfterAnotherWasLetIn() {
    assertThat(admission("127.0.0.1", GET, LOCAL)).isEqualTo(Grant.ANONYMOUS);
    assertThat(admission("127.0.0.1", GET, "host: evil.test")).isEqualTo(Reason.OTHER_HOST);
  }

  @Test
  void theHostOfAWholeUrlCounts() {
    assertThat(admission("127.0.0.1", "GET http://evil.test/v1/models HTTP/1.1", LOCAL))
        .isEqualTo(Reason.OTHER_HOST);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000, true",
    "http://127.0.0.1:3000, true",
    "http://[::1]:3000, true",
    "http://workstation, true",
    "http://evil.test, false",
    "https://203.0.113.5, false",
    "null, false",
    "chrome-extension://abcdef, false",
    "http://localhost.evil.test, false",
    "://, false"
  })
  void pagesOfOtherSitesAreRefused(String origin, boolean isLetIn) {
    Admission admission = admission("127.0.0.1", GET, LOCAL, "origin: " + origin);
    assertThat(admission).isEqualTo(isLetIn ? Grant.ANONYMOUS : Reason.OTHER_ORIGIN);
  }

  @Test
  void aPageMayBeServedUnderTheAddressThatIsAsked() {
    assertThat(
            admission(
                "127.0.0.1", GET, "host: 192.168.1.5:8080", "origin: http://192.168.1.5:8080"))
        .isEqualTo(Grant.ANONYMOUS);
  }

  @ParameterizedTest
  @CsvSource({"cross-site, false", "same-site, true", "same-origin, true", "none, true"})
  void aBrowserSaysWhereItsPageIs(String site, boolean isLetIn) {
    Admission admission = admission("127.0.0.1", GET, LOCAL, "sec-fetch-site: " + site);
    assertThat(admission).isEqualTo(isLetIn ? Grant.ANONYMOUS : Reason.OTHER_ORIGIN);
  }

  @Test
  void everybodyIsLetInWhereAnonymousClientsAreAllowed() {
    assertThat(
            new AnonymousAccess()
                .admit(
                    ReceivedRequests.of(
                        "10.0.0.7", GET, "host: gateway.example", "origin: http://app.example")))
        .isEqualTo(Grant.ANONYMOUS);
  }
}
