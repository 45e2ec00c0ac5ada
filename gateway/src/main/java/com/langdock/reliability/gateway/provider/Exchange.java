package com.langdock.reliability.gateway.provider;

/** One valid client request and the model that is asked to answer it. */
public record Exchange(ChatRequest request, TargetModel target) {}
