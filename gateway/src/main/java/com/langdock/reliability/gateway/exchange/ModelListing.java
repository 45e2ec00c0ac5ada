package com.langdock.reliability.gateway.exchange;

import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * Where a provider lists its models.
 *
 * @param path appended to the path of the address, asked by GET
 * @param address makes the list's address of the provider's base URL
 * @param hasServedNames whether it lists the names that requests use
 */
public record ModelListing(String path, UnaryOperator<URI> address, boolean hasServedNames) {
  /** As OpenAI lists them. */
  public static final ModelListing USUAL = at("/models");

  /** A list of the names in requests, at a path of the base URL. */
  public static ModelListing at(String path) {
    return new ModelListing(path, UnaryOperator.identity(), true);
  }
}
