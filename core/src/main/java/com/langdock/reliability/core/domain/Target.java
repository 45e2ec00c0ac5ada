package com.langdock.reliability.core.domain;

/** One provider with one model. */
public record Target(String provider, String model) {
  @Override
  public String toString() {
    return provider + "/" + model;
  }
}
