package com.langdock.reliability.gateway.config;

import com.langdock.reliability.gateway.config.ProviderConfig.ProviderType;
import com.langdock.reliability.gateway.config.cloud.Cloud;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a provider's type stands for where the configuration says nothing: a line of {@code
 * presets.txt}, whose top describes its columns.
 *
 * @param name what users write as the type
 * @param speaks its wire format
 * @param address the base URL, or only a path where a configuration must have the base URL
 * @param hosts its domains, besides the host of the address
 * @param keys the environment's variables that may have the key, in this order; none if the
 *     provider needs no key
 * @param formats the APIs that the base URL serves
 */
record Preset(
    String name,
    ProviderType speaks,
    String address,
    List<String> hosts,
    List<String> keys,
    Set<ApiFormat> formats) {
  /** The same at another address. */
  Preset at(String other) {
    return new Preset(name, speaks, other, hosts, keys, formats);
  }

  /** Whether it has a base URL of its own. */
  boolean hasAddress() {
    return !address.startsWith("/");
  }

  /** The path of a base URL that has none. */
  String path() {
    return hasAddress() ? URI.create(address).getRawPath() : address;
  }

  /** The cloud whose credentials it takes, which its domains tell; null for none. */
  Cloud.@Nullable Kind cloud() {
    String domains = address + " " + String.join(" ", hosts);
    if (domains.contains(".amazonaws.com") || domains.contains(".api.aws")) {
      return Cloud.Kind.AWS;
    }
    if (domains.contains(".azure.com")) {
      return Cloud.Kind.AZURE;
    }
    return domains.contains("aiplatform.googleapis.com") ? Cloud.Kind.GOOGLE : null;
  }

  /** Whether {@code host} is the provider's own. */
  boolean owns(String host) {
    return (hasAddress() && host.equals(URI.create(address).getHost()))
        || hosts.stream().anyMatch(own -> host.equals(own) || host.endsWith("." + own));
  }
}
