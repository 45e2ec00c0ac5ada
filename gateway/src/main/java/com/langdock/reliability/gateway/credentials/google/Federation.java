package com.langdock.reliability.gateway.credentials.google;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AccessToken;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.CredentialFile;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.credentials.TokenAnswer;
import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonFields;
import com.langdock.reliability.json.JsonText;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An identity of another issuer, whose token from a file or a URL is exchanged for one of Google's
 * (RFC 8693).
 */
record Federation(CredentialJson json) {
  private static final List<String> NOT_BUILT =
      List.of("environment_id", "executable", "certificate");

  Issued<AccessToken> token(CredentialClient client, Ticker clock)
      throws IOException, InterruptedException {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
    form.put("audience", json.text("audience"));
    form.put("scope", Forms.SCOPE);
    form.put("requested_token_type", "urn:ietf:params:oauth:token-type:access_token");
    form.put("subject_token_type", json.text("subject_token_type"));
    URI url = json.googleUrl("token_url");
    boolean isClient = json.optional("client_id").isPresent();
    if (json.optional("workforce_pool_user_project").isPresent() && !isClient) {
      String project = JsonText.quote(json.text("workforce_pool_user_project"));
      form.put("options", "{\"userProject\":" + project + "}");
    }
    form.put("subject_token", subject(json.object("credential_source"), client));
    HttpRequest.Builder request = Forms.post(url, form);
    if (isClient) {
      String login = json.text("client_id") + ":" + json.optional("client_secret").orElse("");
      String encoded = Base64.getEncoder().encodeToString(login.getBytes(UTF_8));
      request.header("authorization", "Basic " + encoded);
    }
    Issued<AccessToken> federated = TokenAnswer.issued(client.ask(request));
    return Impersonation.isIn(json)
        ? Impersonation.of(json).token(federated.value(), client, clock)
        : federated;
  }

  /** The other issuer's token. */
  private static String subject(CredentialJson source, CredentialClient client)
      throws IOException, InterruptedException {
    for (String name : NOT_BUILT) {
      if (JsonFields.value(source.json(), name) != null) {
        throw new IOException(
            source.where() + " has " + name + ", which the gateway does not support");
      }
    }
    String text =
        source.optional("file").isPresent()
            ? CredentialFile.read(Path.of(source.text("file")))
            : ofUrl(source, client);
    JsonValue format = JsonFields.object(source.json(), "format");
    if (!JsonFields.isText(format, "type", "json")) {
      return text;
    }
    String field = JsonFields.text(format, "subject_token_field_name");
    String token = JsonFields.text(JsonBody.json(text.getBytes(UTF_8)), field == null ? "" : field);
    if (token == null || token.isBlank()) {
      throw new IOException(source.where() + " leads to no JSON with subject_token_field_name");
    }
    return token;
  }

  /** A server beside this machine, to which no proxy leads, may have no TLS. */
  private static String ofUrl(CredentialJson source, CredentialClient client)
      throws IOException, InterruptedException {
    URI url = source.url("url", source.text("url"));
    boolean isTls = "https".equalsIgnoreCase(url.getScheme());
    if (!isTls && !source.isBeside(url)) {
      throw new IOException(source.where() + " has in url neither https nor this machine's own");
    }
    HttpRequest.Builder request = HttpRequest.newBuilder(url);
    JsonValue headers = JsonFields.object(source.json(), "headers");
    if (headers != null) {
      for (JsonValue.Member header : headers.members()) {
        request.header(header.name(), TokenAnswer.checked(header.value().text()).value());
      }
    }
    CredentialClient.Answer answer = (isTls ? client : client.direct()).ask(request);
    String text = new String(answer.body(), UTF_8).strip();
    if (!answer.isSuccess() || text.isEmpty()) {
      throw new IOException(source.where() + ", url: " + TokenAnswer.failure(answer));
    }
    return text;
  }
}
