package com.langdock.reliability.gateway.credentials.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {
  @TempDir Path home;

  private Profiles profiles(String config, String credentials) throws IOException {
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(home.resolve(".aws/config"), config);
    Files.writeString(home.resolve(".aws/credentials"), credentials);
    return Profiles.read(new AwsSearch(Map.of(), home, null, "eu-west-1"));
  }

  @Test
  void keysAreOfEitherFileAndThoseOfCredentialsComeFirst() throws IOException {
    Profiles profiles =
        profiles(
            """
            # mine
            [default]
            region = eu-west-1
            aws_access_key_id = old
            s3 =
              aws_access_key_id = nested
            [profile work]
            aws_access_key_id = W ; comment
            aws_secret_access_key = w+/=s
            [services x]
            aws_access_key_id = none
            """,
            """
            [default]
            aws_access_key_id=new
            aws_secret_access_key=s
            aws_session_token=t
            """);
    assertThat(profiles.origin("default"))
        .isEqualTo(new Profiles.Origin(new Profiles.Source.Fixed("new", "s", "t"), List.of()));
    assertThat(profiles.origin("work"))
        .isEqualTo(new Profiles.Origin(new Profiles.Source.Fixed("W", "w+/=s", null), List.of()));
    assertThat(profiles.has("services x")).isFalse();
  }

  @Test
  void rolesAreAssumedOneAfterTheOther() throws IOException {
    Profiles profiles =
        profiles(
            """
            [profile a]
            role_arn = A
            source_profile = b
            external_id = x
            [profile b]
            role_arn = B
            role_session_name = me
            duration_seconds = 900
            source_profile = c
            [profile c]
            aws_access_key_id = C
            aws_secret_access_key = c
            [profile self]
            role_arn = S
            source_profile = self
            aws_access_key_id = I
            aws_secret_access_key = i
            """,
            "[default]");
    assertThat(profiles.origin("a"))
        .isEqualTo(
            new Profiles.Origin(
                new Profiles.Source.Fixed("C", "c", null),
                List.of(
                    new Role("B", "me", null, "900"), new Role("A", "llm-gateway", "x", null))));
    assertThat(profiles.origin("self"))
        .isEqualTo(
            new Profiles.Origin(
                new Profiles.Source.Fixed("I", "i", null),
                List.of(new Role("S", "llm-gateway", null, null))));
  }

  @Test
  void aRoleMayBeAssumedWithATokenOrAnotherStep() throws IOException {
    Profiles profiles =
        profiles(
            """
            [profile web]
            role_arn = A
            web_identity_token_file = /t
            [profile pod]
            role_arn = B
            credential_source = EcsContainer
            """,
            "[default]");
    Role web = new Role("A", "llm-gateway", null, null);
    assertThat(profiles.origin("web"))
        .isEqualTo(new Profiles.Origin(new Profiles.Source.WebIdentity(web, "/t"), List.of()));
    assertThat(profiles.origin("pod"))
        .isEqualTo(
            new Profiles.Origin(
                Profiles.Source.Named.CONTAINER,
                List.of(new Role("B", "llm-gateway", null, null))));
  }

  @Test
  void aProgramOrALoginMayGiveKeys() throws IOException {
    Profiles profiles =
        profiles(
            """
            [profile program]
            credential_process = /bin/keys --for "my team"
            [profile old]
            sso_start_url = https://s.test
            sso_region = eu-west-1
            sso_account_id = 1
            sso_role_name = reader
            [profile new]
            sso_session = work
            sso_account_id = 2
            sso_role_name = writer
            [sso-session work]
            sso_start_url = https://s.test
            sso_region = eu-west-3
            [profile role]
            role_arn = R
            source_profile = new
            """,
            "[default]");
    SingleSignOn work = new SingleSignOn("new", "work", "eu-west-3", "2", "writer");
    assertThat(profiles.origin("program").source())
        .isEqualTo(new Profiles.Source.Program("/bin/keys --for \"my team\""));
    assertThat(profiles.origin("program").source().toString()).doesNotContain("keys");
    assertThat(profiles.origin("old").source())
        .isEqualTo(
            new Profiles.Source.Login(
                new SingleSignOn("old", "https://s.test", "eu-west-1", "1", "reader")));
    assertThat(profiles.origin("new").source()).isEqualTo(new Profiles.Source.Login(work));
    assertThat(profiles.origin("role"))
        .isEqualTo(
            new Profiles.Origin(
                new Profiles.Source.Login(work),
                List.of(new Role("R", "llm-gateway", null, null))));
  }

  @ParameterizedTest
  @CsvSource({
    "sso, there is no profile sso-session x",
    "half, without sso_region",
    "login, login_session",
    "mfa, mfa_serial",
    "alone, without source_profile",
    "circle, leads in a circle",
    "odd, unknown credential_source",
    "nowhere, there is no profile nowhere",
    "lost, there is no profile gone",
  })
  void whatCannotBeUsedIsNamed(String profile, String words) throws IOException {
    Profiles profiles =
        profiles(
            """
            [profile sso]
            sso_session = x
            [profile half]
            sso_start_url = https://s.test
            sso_account_id = 1
            sso_role_name = r
            [profile login]
            login_session = hidden
            [profile mfa]
            role_arn = A
            source_profile = alone
            mfa_serial = 1
            [profile alone]
            role_arn = A
            [profile circle]
            role_arn = A
            source_profile = back
            [profile back]
            role_arn = A
            source_profile = circle
            [profile odd]
            role_arn = A
            credential_source = Moon
            [profile lost]
            role_arn = A
            source_profile = gone
            """,
            "[default]");
    assertThatThrownBy(() -> profiles.origin(profile))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words)
        .hasMessageNotContaining("hidden");
  }
}
