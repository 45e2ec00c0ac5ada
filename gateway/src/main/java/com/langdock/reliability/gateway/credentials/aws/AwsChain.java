package com.langdock.reliability.gateway.credentials.aws;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys as AWS's own programs do: in the environment, by the web identity that the environment
 * names, in a profile of the files, at the container's endpoint, at the machine's metadata server.
 *
 * <p>The first of these that is configured is used; if it fails, the others are not tried, so that
 * a mistake in one does not lead to the keys of another.
 */
public final class AwsChain implements Source<AwsCredentials> {
  private final AwsSearch search;
  private final TokenService tokens;
  private final ContainerEndpoint container;
  private final MachineMetadata machine;
  private final CredentialProgram program;
  private final SignOnPortal portal;

  /**
   * A search.
   *
   * @param client asks endpoints; those of this machine directly
   * @param clock the wall clock, for signatures and the ends of keys
   */
  public AwsChain(AwsSearch search, CredentialClient client, Ticker clock) {
    this.search = search;
    this.tokens = new TokenService(search, client, clock);
    this.container = new ContainerEndpoint(search, client.direct(), clock);
    this.program = new CredentialProgram(CredentialProgram.USUAL, clock);
    this.portal = new SignOnPortal(search, client, clock);
    this.machine = new MachineMetadata(search, client.direct(), clock);
  }

  @Override
  public Issued<AwsCredentials> fetch() throws IOException, InterruptedException {
    if (search.profile() != null) {
      return ofProfile(search.profile());
    }
    if (search.variable("AWS_ACCESS_KEY_ID").isPresent()) {
      return ofEnvironment();
    }
    Optional<String> token = search.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
    Optional<String> role = search.variable("AWS_ROLE_ARN");
    if (token.isPresent() && role.isPresent()) {
      String session = search.variable("AWS_ROLE_SESSION_NAME").orElse(Role.USUAL_SESSION);
      return tokens.assume(new Role(role.get(), session, null, null), search.path(token.get()));
    }
    Optional<String> named = search.variable("AWS_PROFILE");
    Profiles profiles = Profiles.read(search);
    if (named.isPresent() || profiles.has(Profiles.USUAL)) {
      return ofProfile(named.orElse(Profiles.USUAL), profiles);
    }
    if (container.isConfigured()) {
      return container.fetch();
    }
    return ofMachine();
  }

  private Issued<AwsCredentials> ofMachine() throws IOException, InterruptedException {
    try {
      return machine.fetch();
    } catch (IOException failed) {
      throw new IOException(
          "no keys of AWS in the environment, the files or at a container's endpoint; "
              + failed.getMessage(),
          failed);
    }
  }

  private Issued<AwsCredentials> ofEnvironment() throws IOException {
    return Keys.fixed(
        "the environment",
        search.environment().get("AWS_ACCESS_KEY_ID"),
        search.environment().get("AWS_SECRET_ACCESS_KEY"),
        search.variable("AWS_SESSION_TOKEN").orElse(null));
  }

  private Issued<AwsCredentials> ofProfile(String name) throws IOException, InterruptedException {
    return ofProfile(name, Profiles.read(search));
  }

  private Issued<AwsCredentials> ofProfile(String name, Profiles profiles)
      throws IOException, InterruptedException {
    Profiles.Origin origin = profiles.origin(name);
    Issued<AwsCredentials> keys =
        switch (origin.source()) {
          case Profiles.Source.Fixed fixed ->
              Keys.fixed("profile " + name, fixed.id(), fixed.secret(), fixed.token());
          case Profiles.Source.WebIdentity identity -> {
            Path token = search.path(identity.tokenFile());
            yield tokens.assume(identity.role(), token);
          }
          case Profiles.Source.Program printing -> program.run(name, printing.command());
          case Profiles.Source.Login person -> portal.fetch(person.login());
          case Profiles.Source.Named of ->
              switch (of) {
                case ENVIRONMENT -> ofEnvironment();
                case CONTAINER -> container.fetch();
                case MACHINE -> machine.fetch();
              };
        };
    for (Role role : origin.roles()) {
      keys = tokens.assume(role, keys.value());
    }
    return keys;
  }

  /**
   * Assumes a role with the keys of {@code first}.
   *
   * @param externalId null for none
   */
  public Source<AwsCredentials> assuming(
      Source<AwsCredentials> first, String roleArn, @Nullable String externalId) {
    Role role = new Role(roleArn, Role.USUAL_SESSION, externalId, null);
    return () -> tokens.assume(role, first.fetch().value());
  }
}
