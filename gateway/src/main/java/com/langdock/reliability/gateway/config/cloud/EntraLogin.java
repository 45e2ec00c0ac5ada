package com.langdock.reliability.gateway.config.cloud;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.yaml.Item;
import com.langdock.reliability.yaml.Section;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a token of Entra ID is had: by a client's secret, by workload identity, or by the machine's
 * managed identity.
 *
 * @param url of the token endpoint
 * @param form of a POST; null for a GET
 * @param assertion the file with the client's assertion; null for none
 */
public record EntraLogin(
    URI url, Map<String, String> headers, @Nullable String form, @Nullable Path assertion) {
  private static final URI AUTHORITY = URI.create("https://login.microsoftonline.com");
  private static final String MACHINE = "http://169.254.169.254";
  private static final String SCOPE = "/.default";
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  /** Copies the headers. */
  public EntraLogin {
    headers = Map.copyOf(headers);
  }

  /**
   * Reads the section {@code entra} of a provider, else the environment.
   *
   * @param host of the resource, which decides the usual scope
   */
  static EntraLogin read(Section provider, String host) {
    return provider.section("entra", entra -> read(provider, entra, host));
  }

  /** Knows the keys of a section {@code entra} that is of no use. */
  static boolean keys(Section entra) {
    return Stream.of("tenant", "client_id", "client_secret", "scope", "authority")
        .anyMatch(entra::has);
  }

  private static EntraLogin read(Section provider, Section entra, String host) {
    String usual = host.endsWith("services.ai.azure.com") ? "ai" : "cognitiveservices";
    String scope = entra.value("scope").text().orElse("https://" + usual + ".azure.com" + SCOPE);
    Optional<String> tenant = entra.value("tenant").text();
    Optional<String> client = entra.value("client_id").text();
    Optional<String> secret = entra.value("client_secret").secret();
    URI authority =
        entra
            .value("authority")
            .url()
            .or(() -> environment(provider, "AZURE_AUTHORITY_HOST").map(URI::create))
            .orElse(AUTHORITY);
    if (provider.has("entra") && (tenant.isEmpty() || client.isEmpty() || secret.isEmpty())) {
      provider.place("entra").reject("needs tenant, client_id and client_secret");
    }
    if (tenant.isPresent() && client.isPresent() && secret.isPresent()) {
      Map<String, String> form = form(client.get(), scope);
      form.put("client_secret", secret.get());
      return new EntraLogin(url(authority, tenant.get()), Map.of(), joined(form), null);
    }
    Optional<String> file = environment(provider, "AZURE_FEDERATED_TOKEN_FILE");
    tenant = environment(provider, "AZURE_TENANT_ID");
    client = environment(provider, "AZURE_CLIENT_ID");
    if (file.isPresent() && tenant.isPresent() && client.isPresent()) {
      Map<String, String> form = form(client.get(), scope);
      form.put("client_assertion_type", ASSERTION);
      Path assertion = Path.of(file.get());
      return new EntraLogin(url(authority, tenant.get()), Map.of(), joined(form), assertion);
    }
    return managed(provider, client, scope.replace(SCOPE, ""));
  }

  private static Map<String, String> form(String client, String scope) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    form.put("client_id", client);
    form.put("scope", scope);
    return form;
  }

  private static URI url(URI authority, String tenant) {
    String base = authority.toString().replaceFirst("/+$", "");
    return URI.create(base + "/" + encoded(tenant) + "/oauth2/v2.0/token");
  }

  /** App Service and Container Apps have an endpoint of their own. */
  private static EntraLogin managed(Section provider, Optional<String> client, String resource) {
    Optional<String> endpoint = environment(provider, "IDENTITY_ENDPOINT");
    Optional<String> header = environment(provider, "IDENTITY_HEADER");
    boolean isService = endpoint.isPresent() && header.isPresent();
    Map<String, String> query = new LinkedHashMap<>();
    query.put("api-version", isService ? "2019-08-01" : "2018-02-01");
    query.put("resource", resource);
    client.ifPresent(id -> query.put("client_id", id));
    String url = isService ? endpoint.get() : MACHINE + "/metadata/identity/oauth2/token";
    return new EntraLogin(
        URI.create(url + "?" + joined(query)),
        isService ? Map.of("X-IDENTITY-HEADER", header.get()) : Map.of("Metadata", "true"),
        null,
        null);
  }

  private static Optional<String> environment(Section provider, String name) {
    return provider.environment(name).map(Item::value);
  }

  private static String joined(Map<String, String> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + "=" + encoded(value.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /** Omits secrets. */
  @Override
  public String toString() {
    return "EntraLogin[" + url.getHost() + "]";
  }
}
