package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.cloud.AwsConfig;
import com.langdock.reliability.gateway.config.cloud.AzureConfig;
import com.langdock.reliability.gateway.config.cloud.Cloud;
import com.langdock.reliability.gateway.config.cloud.Credential;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A provider.
 *
 * @param api what it speaks
 * @param baseUrl with a path and without a slash at its end, such as {@code http://host/v1}; a
 *     query is sent with each request
 * @param apiKey null where the provider wants none
 * @param cloud what only a provider of a cloud has; null for none
 * @param models the provider's own names by the names that clients use, in the file's order
 * @param priority lower first
 * @param headers sent with each request; the values may be secret
 * @param timeout the timeouts of all providers with what this one changes
 * @param upstream how it is connected to
 */
public record ProviderConfig(
    String name,
    ProviderApi api,
    URI baseUrl,
    @Nullable Credential apiKey,
    @Nullable Cloud cloud,
    Map<String, String> models,
    int priority,
    Map<String, String> headers,
    TimeoutConfig timeout,
    UpstreamConfig upstream) {
  /** The wire format that a provider speaks. */
  public enum ProviderType {
    /** OpenAI's Chat Completions, and whatever is compatible with them. */
    OPENAI,
    /** Anthropic's Messages. */
    ANTHROPIC,
    /** Google's generateContent. */
    GEMINI,
    /** OpenAI's as Azure serves them. */
    AZURE,
    /** Cohere's chat of API version 2. */
    COHERE,
    /** AWS Bedrock's Converse. */
    BEDROCK,
    /** Google's cloud: generateContent, and Anthropic's Messages for Claude. */
    VERTEX
  }

  /** Keeps immutable copies. */
  public ProviderConfig {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** What a provider at AWS has; null for another. */
  public @Nullable AwsConfig aws() {
    return cloud instanceof AwsConfig aws ? aws : null;
  }

  /** What a provider at Azure has; null for another. */
  public @Nullable AzureConfig azure() {
    return cloud instanceof AzureConfig azure ? azure : null;
  }

  /** Whether {@code other} has its name and is the same account at the same address. */
  public boolean isSameAccountAs(ProviderConfig other) {
    return name.equals(other.name)
        && api.speaks() == other.api.speaks()
        && baseUrl.equals(other.baseUrl)
        && Objects.equals(apiKey, other.apiKey)
        && Objects.equals(cloud, other.cloud)
        && headers.equals(other.headers);
  }

  /** Whether {@code other} is the same account, and is connected to in the same way. */
  public boolean isConnectedToLike(ProviderConfig other) {
    return isSameAccountAs(other) && upstream.equals(other.upstream);
  }

  /** The same provider at another address. */
  public ProviderConfig at(URI other) {
    return new ProviderConfig(
        name, api, other, apiKey, cloud, models, priority, headers, timeout, upstream);
  }

  /** The type whose models it serves: that of its host where many share a format. */
  String servesAs() {
    return Presets.at(api.type(), baseUrl.getHost()).name();
  }

  /** Where the provider is, for people: without the query, in which a key may be. */
  public String address() {
    return baseUrl.getScheme() + "://" + baseUrl.getRawAuthority() + baseUrl.getRawPath();
  }

  /** Leaves out the headers' values and the query, which may be secret. */
  @Override
  public String toString() {
    return "ProviderConfig[name=%s, type=%s, baseUrl=%s, models=%s, priority=%d, headers=%s]"
            .formatted(name, api.type(), address(), models, priority, headers.keySet())
        + upstream;
  }
}
