package com.langdock.reliability.gateway.credentials;

import com.langdock.reliability.json.JsonBody;
import com.langdock.reliability.json.JsonValue;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Asks endpoints that issue credentials, with a limit on the time and on the answer's size.
 * Redirects are not followed.
 *
 * @param authorities trusted beside those of the JVM
 * @param proxy null for a direct connection
 */
public record CredentialClient(List<X509Certificate> authorities, @Nullable Proxy proxy) {
  /** A client without proxy that trusts the JVM's authorities. */
  public static final CredentialClient DIRECT = new CredentialClient(List.of(), null);

  /** The longest that a call takes. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** The largest answer, in bytes. */
  static final int MAX_ANSWER = 256 * 1024;

  /** The JDK's switch for logins at proxies of TLS, which is off for Basic. */
  private static final String DISABLED_AT_PROXIES = "jdk.http.auth.tunneling.disabledSchemes";

  static {
    if (System.getProperty(DISABLED_AT_PROXIES) == null) {
      System.setProperty(DISABLED_AT_PROXIES, "");
    }
  }

  /** Copies the list. */
  public CredentialClient {
    authorities = List.copyOf(authorities);
  }

  /**
   * An HTTP proxy.
   *
   * @param user null where the proxy wants no login
   */
  public record Proxy(String host, int port, @Nullable String user, String password) {
    /** Omits the login. */
    @Override
    public String toString() {
      return "Proxy[" + host + ":" + port + "]";
    }
  }

  /** What an endpoint answered. */
  public record Answer(int status, byte[] body) {
    /** Whether the status is a success. */
    public boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** The JSON in the body; null if it is none. */
    public @Nullable JsonValue json() {
      return JsonBody.json(body);
    }
  }

  /** The same for an endpoint on this machine or beside it, to which no proxy leads. */
  public CredentialClient direct() {
    return proxy == null ? this : new CredentialClient(authorities, null);
  }

  /** The answer to {@code request}, within the usual time. */
  public Answer ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    return ask(request, TIMEOUT);
  }

  /** The answer to {@code request}, with its whole body, within {@code most}. */
  public Answer ask(HttpRequest.Builder request, Duration most)
      throws IOException, InterruptedException {
    HttpClient client = client(most);
    try {
      CompletableFuture<HttpResponse<byte[]>> answer =
          client.sendAsync(
              request.timeout(most).build(),
              BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_ANSWER));
      HttpResponse<byte[]> response = answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(response.statusCode(), response.body());
    } catch (TimeoutException late) {
      throw new IOException("no answer within " + most.toSeconds() + " s", late);
    } catch (ExecutionException failed) {
      throw failure(failed.getCause());
    } finally {
      client.shutdownNow();
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    String words = cause == null ? null : cause.getMessage();
    String name = cause == null ? "failed" : cause.getClass().getSimpleName();
    return new IOException(words == null ? name : words, cause);
  }

  private HttpClient client(Duration most) throws IOException {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(most)
            .proxy(
                proxy == null
                    ? HttpClient.Builder.NO_PROXY
                    : ProxySelector.of(new InetSocketAddress(proxy.host(), proxy.port())));
    if (proxy != null && proxy.user() != null) {
      client.authenticator(new Login(proxy.user(), proxy.password()));
    }
    if (!authorities.isEmpty()) {
      client.sslContext(tls());
    }
    return client.build();
  }

  private static final class Login extends Authenticator {
    private final String user;
    private final String password;

    Login(String user, String password) {
      this.user = user;
      this.password = password;
    }

    @Override
    protected @Nullable PasswordAuthentication getPasswordAuthentication() {
      return getRequestorType() == RequestorType.PROXY
          ? new PasswordAuthentication(user, password.toCharArray())
          : null;
    }
  }

  /** The JVM's authorities and the configured ones. */
  private SSLContext tls() throws IOException {
    try {
      KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
      all.load(null, null);
      int number = 0;
      for (TrustManager manager : trust(null)) {
        if (manager instanceof X509TrustManager standard) {
          for (X509Certificate authority : standard.getAcceptedIssuers()) {
            all.setCertificateEntry("jvm-" + number++, authority);
          }
        }
      }
      for (X509Certificate authority : authorities) {
        all.setCertificateEntry("own-" + number++, authority);
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust(all), null);
      return context;
    } catch (GeneralSecurityException broken) {
      throw new IOException("the trusted certificates cannot be used", broken);
    }
  }

  private static TrustManager[] trust(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    return factory.getTrustManagers();
  }

  /** Leaves out the certificates, which are long. */
  @Override
  public String toString() {
    return "CredentialClient[authorities=" + authorities.size() + ", proxy=" + proxy + "]";
  }
}
