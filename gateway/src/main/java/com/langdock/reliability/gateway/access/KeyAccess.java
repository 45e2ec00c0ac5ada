package com.langdock.reliability.gateway.access;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.langdock.reliability.core.access.Caller;
import com.langdock.reliability.core.access.ClientKey;
import com.langdock.reliability.core.access.KeyHash;
import com.langdock.reliability.core.domain.Ticker;
import com.langdock.reliability.gateway.server.ClientRequest;
import com.langdock.reliability.gateway.server.HeaderNames;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Lets in whoever brings a client key, from wherever. This is the only place that reads keys, so
 * that no rule holds for one header only.
 *
 * <p>Unknown, wrong and revoked keys are one and do the same work. Not thread-safe: one for each
 * event loop.
 */
public final class KeyAccess implements Access {
  /** The longest key that is looked at. */
  static final int MAX_KEY = 256;

  private static final List<CharSequence> HEADERS =
      List.of(HeaderNames.AUTHORIZATION, HeaderNames.API_KEY, HeaderNames.GOOGLE_API_KEY);
  private static final String BEARER = "bearer";

  /** Longer than any key. */
  private static final String NO_KEY = "?".repeat(MAX_KEY + 1);

  private final ClientKeyRings keys;
  private final boolean anonymousToo;
  private final Ticker ticker;
  private final MessageDigest sha256 = KeyHash.sha256();

  /**
   * Lets in the owners of {@code keys}.
   *
   * @param anonymousToo whether a request without a key is let in as well
   */
  public KeyAccess(ClientKeyRings keys, boolean anonymousToo, Ticker ticker) {
    this.keys = keys;
    this.anonymousToo = anonymousToo;
    this.ticker = ticker;
  }

  @Override
  public boolean admits(@Nullable InetAddress address) {
    return true;
  }

  @Override
  public Admission admitToUnknownPath(ClientRequest request) {
    return Grant.ANONYMOUS;
  }

  /** One valid key lets in, whatever else is sent; two that are valid let nobody in. */
  @Override
  public Admission admit(ClientRequest request) {
    ClientKey valid = null;
    ClientKey expired = null;
    boolean isSent = false;
    boolean isUnsure = false;
    for (int i = 0; i < HEADERS.size(); i++) {
      String sent = request.header(HEADERS.get(i));
      if (sent == null) {
        continue;
      }
      String key = i == 0 ? ofBearer(sent) : sent.strip();
      if (key.isEmpty()) {
        continue;
      }
      isSent = true;
      boolean isKey = key.length() <= MAX_KEY;
      ClientKey found = isKey ? find(key) : null;
      isUnsure |= isKey && found == null && isUnsure();
      if (request.isRepeated(HEADERS.get(i)) || (found != null && isOther(found, valid))) {
        return Reason.INVALID_KEY;
      }
      boolean isExpired = found != null && isExpired(found);
      expired = isExpired ? found : expired;
      valid = found == null || isExpired ? valid : found;
    }
    if (valid != null) {
      return new KeyGrant(valid, keys.stored());
    }
    if (isUnsure) {
      return Reason.KEYS_UNAVAILABLE;
    }
    if (expired != null) {
      return new ExpiredKey(expired.keyId());
    }
    return isSent ? Reason.INVALID_KEY : withoutKey(request);
  }

  /** Whether a key that is not found may be valid all the same. */
  private boolean isUnsure() {
    return !keys.stored().isComplete() || !keys.stored().isCurrent();
  }

  private Admission withoutKey(ClientRequest request) {
    if (hasKey(request.query())) {
      return Reason.KEY_IN_QUERY;
    }
    return anonymousToo ? Grant.ANONYMOUS : Reason.MISSING_KEY;
  }

  private boolean isOther(ClientKey found, @Nullable ClientKey valid) {
    return valid != null && !isExpired(found) && !found.equals(valid);
  }

  private boolean isExpired(ClientKey key) {
    return key.expiresAtMillis() != ClientKey.NEVER && key.isExpired(ticker.unixMillis());
  }

  /** Keys of the configuration count whatever is known of the store. */
  private @Nullable ClientKey find(String key) {
    byte[] digest = sha256.digest(key.getBytes(ISO_8859_1));
    ClientKey found = keys.file().find(digest);
    ClientKey stored = keys.stored().find(digest);
    return found == null && keys.stored().isCurrent() ? stored : found;
  }

  /** The key of a header {@code Authorization}; of another scheme what is no key. */
  private static String ofBearer(String sent) {
    String text = sent.strip();
    int end = BEARER.length();
    boolean isBearer =
        text.regionMatches(true, 0, BEARER, 0, end)
            && (text.length() == end || text.charAt(end) == ' ');
    return isBearer ? text.substring(end).strip() : NO_KEY;
  }

  private static boolean hasKey(String query) {
    String small = query.toLowerCase(Locale.ROOT);
    return small.startsWith("key=")
        || small.contains("&key=")
        || small.contains("api_key=")
        || small.contains("api-key=");
  }

  /** The permission of a key's request, for which nothing is held. */
  private record KeyGrant(ClientKey key, StoredKeys stored) implements Grant {
    @Override
    public Caller caller() {
      return key;
    }

    @Override
    public boolean isCut() {
      return stored.isCut(key);
    }
  }
}
