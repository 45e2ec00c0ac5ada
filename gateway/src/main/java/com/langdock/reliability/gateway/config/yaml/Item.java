package com.langdock.reliability.gateway.config.yaml;

/**
 * One text of a list, or one pair of a section whose keys are free.
 *
 * @param name the pair's key; in a list, the text itself
 * @param value with its environment references replaced
 * @param place where it stands
 */
public record Item(String name, String value, Place place) {}
