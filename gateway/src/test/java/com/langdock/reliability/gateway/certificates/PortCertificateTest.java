package com.langdock.reliability.gateway.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import com.langdock.reliability.gateway.config.tls.ClientAuth;
import com.langdock.reliability.gateway.config.tls.ServerTlsConfig;
import com.langdock.reliability.gateway.config.tls.TlsFiles;
import com.langdock.reliability.gateway.telemetry.ManualTicker;
import com.langdock.reliability.gateway.tls.TestAuthority;
import com.langdock.reliability.yaml.Problems;
import com.langdock.reliability.yaml.SourceLocation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the files of a certificate while it is in use. */
final class PortCertificateTest {
  private static @TempDir Path shared;
  private static TestAuthority.Pem first;
  private static TestAuthority.Pem second;
  private static TestAuthority.Pem expired;
  private static TestAuthority.Pem early;

  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ManualTicker ticker = new ManualTicker();
  private @TempDir Path folder;
  private TestAuthority.Pem files;
  private PortCertificate certificate;

  @BeforeAll
  static void issue() throws Exception {
    TestAuthority authority = new TestAuthority(shared);
    first = authority.issue("first", 300);
    second = authority.issue("second", 200);
    expired = authority.issueExpired("expired");
    early = authority.issueForTomorrow("early");
  }

  @BeforeEach
  void start() throws IOException {
    ticker.advance(Duration.between(Instant.ofEpochMilli(ticker.unixMillis()), Instant.now()));
    files = first.copyTo(folder);
    certificate = new PortCertificate("data", config(), meters, ticker);
  }

  private ServerTlsConfig config() {
    TlsFiles named = new TlsFiles(files.cert().toString(), files.key().toString(), null);
    Problems problems = new Problems();
    return named
        .read(
            key -> new SourceLocation(0, key, problems), Instant.ofEpochMilli(ticker.unixMillis()))
        .map(contents -> new ServerTlsConfig(named, ClientAuth.NONE, contents, named.fingerprint()))
        .orElseThrow(() -> new AssertionError(problems.errors()));
  }

  private double metric(String name) {
    return meters.get(name).tag("port", "data").gauge().value();
  }

  private long daysLeft() {
    return Duration.ofSeconds((long) metric("gateway.tls.expires")).plusHours(1).toDays();
  }

  private void showsTheFirstStill() {
    assertThat(daysLeft()).isEqualTo(300);
    assertThat(metric("gateway.tls.rejected")).isEqualTo(1);
  }

  @Test
  void followsItsFiles() throws IOException {
    assertThat(daysLeft()).isEqualTo(300);
    files.replaceBy(second);
    certificate.look();
    assertThat(daysLeft()).isEqualTo(200);
    assertThat(metric("gateway.tls.rejected")).isZero();
  }

  @Test
  void aKeyOfAnotherCertificateIsRefusedUntilItsOwnComes() throws IOException {
    Files.copy(second.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    certificate.look();
    showsTheFirstStill();
    Files.copy(second.cert(), files.cert(), StandardCopyOption.REPLACE_EXISTING);
    certificate.look();
    assertThat(daysLeft()).isEqualTo(200);
    assertThat(metric("gateway.tls.rejected")).isZero();
  }

  @Test
  void anExpiredOneIsRefused() throws IOException {
    files.replaceBy(expired);
    certificate.look();
    showsTheFirstStill();
    files.replaceBy(first);
    certificate.look();
    assertThat(metric("gateway.tls.rejected")).isZero();
  }

  @Test
  void oneThatIsNotValidYetIsUsedWhenItIs() throws IOException {
    files.replaceBy(early);
    certificate.look();
    showsTheFirstStill();
    ticker.advance(Duration.ofDays(2));
    certificate.look();
    assertThat(daysLeft()).isEqualTo(19);
    assertThat(metric("gateway.tls.rejected")).isZero();
  }

  @Test
  void missingAndTornFilesAreRefused() throws IOException {
    Files.delete(files.key());
    certificate.look();
    showsTheFirstStill();
    String whole = Files.readString(second.cert());
    Files.writeString(files.cert(), whole.substring(0, whole.length() / 3));
    Files.copy(second.key(), files.key());
    certificate.look();
    showsTheFirstStill();
    Files.writeString(files.cert(), whole);
    certificate.look();
    assertThat(daysLeft()).isEqualTo(200);
  }

  @Test
  void anotherConfigurationMayNameOtherFiles() {
    files = second;
    certificate.use(config());
    assertThat(daysLeft()).isEqualTo(200);
    certificate.look();
    assertThat(metric("gateway.tls.rejected")).isZero();
  }

  @Test
  void whatWasReplacedSinceTheConfigurationWasReadIsSeen() throws IOException {
    ServerTlsConfig read = config();
    files.replaceBy(second);
    certificate.use(read);
    assertThat(daysLeft()).isEqualTo(300);
    certificate.look();
    assertThat(daysLeft()).isEqualTo(200);
  }
}
