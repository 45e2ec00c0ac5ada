package com.langdock.reliability.gateway.credentials;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.langdock.reliability.core.domain.Body;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS's Signature Version 4 of one request, in its headers.
 *
 * <p>What is signed is a text of the method, the path, the query, the headers and the hash of the
 * body. The path is percent-encoded once more than it is sent, so that {@code %3A} becomes {@code
 * %253A}.
 *
 * @param region such as {@code eu-central-1}
 * @param service such as {@code bedrock}
 */
record AwsSignature(AwsCredentials credentials, String region, String service, Instant time) {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DAY_LENGTH = "20151231".length();
  private static final String UNRESERVED = "-._~";

  /**
   * A request to be signed.
   *
   * @param path as it is sent, beginning with a slash
   * @param query as it is sent, without the question mark; empty if there is none
   * @param headers to be signed, with names in lower case
   */
  record Request(
      String method, String path, String query, SortedMap<String, String> headers, Body body) {}

  /** The headers to add to {@code request}. */
  SortedMap<String, String> headers(Request request) {
    String second = SECOND.format(time);
    SortedMap<String, String> signed = new TreeMap<>(request.headers());
    signed.put("x-amz-date", second);
    if (credentials.sessionToken() != null) {
      signed.put("x-amz-security-token", credentials.sessionToken());
    }
    String names = String.join(";", signed.keySet());
    String scope =
        String.join("/", second.substring(0, DAY_LENGTH), region, service, "aws4_request");
    String text =
        String.join(
            "\n",
            ALGORITHM,
            second,
            scope,
            hex(hash(Body.of(canonical(request, signed).getBytes(UTF_8)))));
    SortedMap<String, String> added = new TreeMap<>(signed);
    added.keySet().removeAll(request.headers().keySet());
    added.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + credentials.accessKeyId()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + hex(hmac(key(scope), text)));
    return added;
  }

  /** The text whose hash is signed. */
  static String canonical(Request request, SortedMap<String, String> signed) {
    String headers =
        signed.entrySet().stream()
            .map(header ->
                header.getKey() + ":" + header.getValue().strip().replaceAll(" +", " ") + "\n")
            .collect(Collectors.joining());
    return String.join(
        "\n",
        request.method(),
        encoded(request.path(), UNRESERVED + "/"),
        query(request.query()),
        headers,
        String.join(";", signed.keySet()),
        hex(hash(request.body())));
  }

  /** The parameters in order, each encoded once. */
  private static String query(String query) {
    return Arrays.stream(query.split("&"))
        .filter(parameter -> !parameter.isEmpty())
        .map(parameter -> parameter.split("=", 2))
        .map(pair -> Map.entry(encodedOnce(pair[0]), pair.length < 2 ? "" : encodedOnce(pair[1])))
        .sorted(Map.Entry.<String, String>comparingByKey().thenComparing(Map.Entry::getValue))
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&"));
  }

  private static String encodedOnce(String text) {
    return encoded(URLDecoder.decode(text.replace("+", "%2B"), UTF_8), UNRESERVED);
  }

  /** The text with all bytes percent-encoded but letters, digits and those of {@code kept}. */
  private static String encoded(String text, String kept) {
    StringBuilder encoded = new StringBuilder(text.length() + 16);
    for (byte octet : text.getBytes(UTF_8)) {
      char c = (char) octet;
      boolean isKept =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || kept.indexOf(c) >= 0;
      if (isKept) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  private byte[] key(String scope) {
    byte[] key = ("AWS4" + credentials.secretAccessKey()).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }

  private static byte[] hash(Body bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes.array(), 0, bytes.length());
      return digest.digest();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible); // every Java has it
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Leaves out what is secret. */
  @Override
  public String toString() {
    return "AwsSignature[region=" + region + ", service=" + service + ", time=" + time + "]";
  }
}
