package com.langdock.reliability.gateway.config.yaml;

/**
 * A place in the configuration that something can be said of.
 *
 * @param line from 1; 0 where there is none
 * @param path of the key
 * @param problems takes what is said
 */
public record Place(int line, String path, Problems problems) {
  /** Says what is wrong here. */
  public void reject(String message) {
    problems.add(line, path, message);
  }

  /** Says what is allowed here but probably not meant. */
  public void warn(String message) {
    problems.warn(line, path, message);
  }

  Place at(int otherLine) {
    return new Place(otherLine, path, problems);
  }

  /** A variable of the environment, which stands in no line. */
  Place variable(String name) {
    return new Place(0, name, problems);
  }

  Place item(int index, int itemLine) {
    return new Place(itemLine, YamlNode.pathOf(path, index), problems);
  }

  Place key(String key, int keyLine) {
    return new Place(keyLine, YamlNode.pathOf(path, key), problems);
  }
}
