package com.langdock.reliability.gateway.credentials.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.AwsSigner;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.CredentialFile;
import com.langdock.reliability.gateway.credentials.HeldCredential;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import com.langdock.reliability.gateway.exchange.Outgoing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** AWS's service that gives the keys of a role to those who may assume it. */
record TokenService(AwsSearch search, CredentialClient client, Ticker clock) {
  private static final String WHERE = "AWS's token service";
  private static final Set<String> ELEMENTS =
      Set.of("AccessKeyId", "SecretAccessKey", "SessionToken", "Expiration", "Code");
  private static final Pattern CODE = Pattern.compile("\\w{1,64}");

  /** The keys of {@code role}, assumed with {@code keys}. */
  Issued<AwsCredentials> assume(Role role, AwsCredentials keys)
      throws IOException, InterruptedException {
    Map<String, String> form = form("AssumeRole", role);
    if (role.externalId() != null) {
      form.put("ExternalId", role.externalId());
    }
    byte[] body = joined(form);
    URI service = search.tokenService();
    AwsSigner signer =
        new AwsSigner(
            service,
            new AwsSigner.Scope(search.region(), "sts"),
            new HeldCredential.Fixed<>(keys),
            clock);
    return issued(body, signer.sign(Outgoing.post("/", body)).orElseThrow());
  }

  /** The keys of {@code role}, assumed with the token in a file, which is read each time. */
  Issued<AwsCredentials> assume(Role role, Path tokenFile)
      throws IOException, InterruptedException {
    Map<String, String> form = form("AssumeRoleWithWebIdentity", role);
    form.put("WebIdentityToken", CredentialFile.read(tokenFile));
    return issued(joined(form), Map.of());
  }

  private static Map<String, String> form(String action, Role role) {
    Map<String, String> form = new LinkedHashMap<>();
    form.put("Action", action);
    form.put("Version", "2011-06-15");
    form.put("RoleArn", role.arn());
    form.put("RoleSessionName", role.session());
    if (role.seconds() != null) {
      form.put("DurationSeconds", role.seconds());
    }
    return form;
  }

  private static byte[] joined(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"))
        .getBytes(UTF_8);
  }

  private Issued<AwsCredentials> issued(byte[] form, Map<String, String> signature)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(search.tokenService().resolve("/"))
            .header("content-type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofByteArray(form));
    signature.forEach(request::header);
    CredentialClient.Answer answer = client.ask(request);
    Map<String, String> fields = fields(answer.body());
    if (!answer.isSuccess()) {
      String code = fields.getOrDefault("Code", "");
      throw new IOException(
          WHERE
              + ": status "
              + answer.status()
              + (CODE.matcher(code).matches() ? ", " + code : ""));
    }
    AwsCredentials keys =
        Keys.checked(
            WHERE,
            fields.get("AccessKeyId"),
            fields.get("SecretAccessKey"),
            fields.get("SessionToken"));
    return Keys.until(WHERE, keys, fields.get("Expiration"), clock.unixMillis());
  }

  /** The texts of the elements that matter; none if it is no XML. */
  private static Map<String, String> fields(byte[] xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    Map<String, String> fields = new HashMap<>();
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT
            && ELEMENTS.contains(reader.getLocalName())) {
          fields.put(reader.getLocalName(), reader.getElementText().strip());
        }
      }
    } catch (XMLStreamException notXml) {
      return Map.of();
    }
    return fields;
  }
}
