package com.langdock.reliability.gateway.provider.gemini;

import com.langdock.reliability.gateway.exchange.ModelListing;
import java.net.URI;

/** Who serves generateContent. */
public enum GeminiHost {
  /** Google's Gemini API. */
  API(""),
  /** Google's cloud, where models have a publisher and requests name no model in the body. */
  VERTEX("/publishers/google");

  private final String publisher;

  GeminiHost(String publisher) {
    this.publisher = publisher;
  }

  /** The path for a model's {@code path} at Google's API; full names have a publisher already. */
  String path(String path) {
    return path.startsWith("/models/") ? publisher + path : path;
  }

  /**
   * Where models are listed. The cloud lists those of one publisher, in the beta of its API only.
   */
  ModelListing modelListing() {
    return this == API
        ? ModelListing.at("/models?pageSize=1000")
        : new ModelListing(publisher + "/models?pageSize=100", GeminiHost::withoutProject, false);
  }

  private static URI withoutProject(URI url) {
    String path = url.getRawPath().replaceFirst("/v1/projects/.*", "/v1beta1");
    return URI.create(url.getScheme() + "://" + url.getRawAuthority() + path);
  }
}
