package com.langdock.reliability.gateway.credentials.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AccessToken;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.CredentialFile;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Source;
import com.langdock.reliability.gateway.credentials.TokenAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a token as Google's own programs do: by the named file, by the file of their own login,
 * else from the metadata server. Files are read at each fetch.
 */
public final class GoogleCredentials implements Source<AccessToken> {
  /** The server is beside this machine; that of a new cluster may take a while. */
  private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(3);

  private static final String METADATA =
      "/computeMetadata/v1/instance/service-accounts/default/token";

  /**
   * Where a token is looked for.
   *
   * @param file the named file; null for none
   * @param usualFile used if it exists; null for none
   * @param metadataHost asked at last
   */
  public record Search(@Nullable Path file, @Nullable Path usualFile, String metadataHost) {}

  private final Search search;
  private final CredentialClient client;
  private final Ticker clock;

  /**
   * A search.
   *
   * @param client asks endpoints; the metadata server directly
   * @param clock the wall clock, for the ends of tokens
   */
  public GoogleCredentials(Search search, CredentialClient client, Ticker clock) {
    this.search = search;
    this.client = client;
    this.clock = clock;
  }

  @Override
  public Issued<AccessToken> fetch() throws IOException, InterruptedException {
    Path usual = search.usualFile();
    if (search.file() != null) {
      return ofFile(search.file());
    }
    return usual != null && Files.exists(usual) ? ofFile(usual) : ofMachine();
  }

  private Issued<AccessToken> ofFile(Path file) throws IOException, InterruptedException {
    JsonValue json = JsonBody.json(CredentialFile.read(file).getBytes(UTF_8));
    if (json == null) {
      throw new IOException(file + " is no JSON");
    }
    Issued<AccessToken> token = token(new CredentialJson(file.toString(), json));
    String project = JsonFields.text(json, "quota_project_id");
    return project == null ? token : paidBy(project, token);
  }

  private static Issued<AccessToken> paidBy(String project, Issued<AccessToken> token)
      throws IOException {
    Map<String, String> header =
        Map.of("x-goog-user-project", TokenAnswer.checked(project).value());
    return new Issued<>(new AccessToken(token.value().value(), header), token.lifetime());
  }

  private Issued<AccessToken> token(CredentialJson json) throws IOException, InterruptedException {
    String type = json.text("type");
    return switch (type) {
      case "service_account" -> new ServiceAccount(json).token(client, clock);
      case "authorized_user" -> UserLogin.token(json, client);
      case "external_account" -> new Federation(json).token(client, clock);
      case "impersonated_service_account" -> {
        CredentialJson source = json.object("source_credentials");
        if (source.text("type").equals(type)) {
          throw new IOException(json.where() + " impersonates one account by another");
        }
        AccessToken own = token(source).value();
        yield Impersonation.of(json).token(own, client, clock);
      }
      default -> throw new IOException(json.where() + " has a type that the gateway does not know");
    };
  }

  private Issued<AccessToken> ofMachine() throws IOException, InterruptedException {
    URI url;
    try {
      url = URI.create("http://" + search.metadataHost() + METADATA);
    } catch (IllegalArgumentException wrong) {
      throw new IOException("GCE_METADATA_HOST is no host", wrong);
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(url).header("metadata-flavor", "Google");
    try {
      return TokenAnswer.issued(client.direct().ask(request, METADATA_TIMEOUT));
    } catch (IOException failed) {
      throw new IOException(
          "no file with Google's credentials; the machine's metadata server: "
              + failed.getMessage(),
          failed);
    }
  }
}
