package com.langdock.reliability.gateway.exchange;

/**
 * A breakpoint of the prompt cache: the provider may cache the prompt up to here.
 *
 * @param json a {@code cache_control} object as Anthropic defines it
 */
public record CacheMark(String json) {
  /** A breakpoint with the provider's default lifetime. */
  public static final CacheMark EPHEMERAL = new CacheMark("{\"type\":\"ephemeral\"}");
}
