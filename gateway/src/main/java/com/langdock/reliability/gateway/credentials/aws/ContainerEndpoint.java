package com.langdock.reliability.gateway.credentials.aws;

import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.credentials.AwsCredentials;
import com.langdock.reliability.gateway.credentials.CredentialClient;
import com.langdock.reliability.gateway.credentials.CredentialFile;
import com.langdock.reliability.gateway.credentials.RefreshedCredential.Issued;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The endpoint of a container at ECS, or of a pod at EKS, that gives the keys of its role.
 *
 * <p>Plain HTTP is allowed to this machine and to the addresses of these endpoints only, since the
 * request has a token.
 */
record ContainerEndpoint(AwsSearch search, CredentialClient client, Ticker clock) {
  private static final String RELATIVE = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
  private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
  private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
  private static final String ECS = "http://169.254.170.2";

  /** Of ECS, and of pod identity with IPv4 and IPv6. */
  private static final Set<String> ADDRESSES =
      Set.of("169.254.170.2", "169.254.170.23", "fd00:ec2:0:0:0:0:0:23");

  private static final Predicate<String> VISIBLE =
      Pattern.compile("[\\x20-\\x7e]+").asMatchPredicate();

  boolean isConfigured() {
    return search.variable(RELATIVE).isPresent() || search.variable(FULL).isPresent();
  }

  Issued<AwsCredentials> fetch() throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(url());
    Optional<String> token = token();
    if (token.isPresent()) {
      if (!VISIBLE.test(token.get())) {
        throw new IOException("the token for the container's endpoint has a line break");
      }
      request.header("authorization", token.get());
    }
    return Keys.of("the container's endpoint", client.ask(request), clock.unixMillis());
  }

  private Optional<String> token() throws IOException {
    Optional<String> file = search.variable(TOKEN + "_FILE");
    return file.isPresent()
        ? Optional.of(CredentialFile.read(search.path(file.get())))
        : search.variable(TOKEN);
  }

  private URI url() throws IOException {
    Optional<String> relative = search.variable(RELATIVE);
    if (relative.isPresent()) {
      return uri(ECS + (relative.get().startsWith("/") ? "" : "/") + relative.get());
    }
    URI url = uri(search.variable(FULL).orElse(""));
    if (url.getHost() == null || !isAllowed(url)) {
      throw new IOException(
          FULL + " must be https, or http to this machine or to a container's endpoint");
    }
    return url;
  }

  private static URI uri(String text) throws IOException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException wrong) {
      throw new IOException("the address of the container's endpoint is no URL", wrong);
    }
  }

  /** All addresses of a name must be allowed. */
  private static boolean isAllowed(URI url) throws UnknownHostException {
    if ("https".equalsIgnoreCase(url.getScheme())) {
      return true;
    }
    return "http".equalsIgnoreCase(url.getScheme())
        && Arrays.stream(InetAddress.getAllByName(url.getHost()))
            .allMatch(address ->
                address.isLoopbackAddress()
                    || ADDRESSES.contains(address.getHostAddress().replaceFirst("%.*", "")));
  }
}
