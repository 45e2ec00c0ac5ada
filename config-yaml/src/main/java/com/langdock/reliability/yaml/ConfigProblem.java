package com.langdock.reliability.yaml;

/**
 * A problem or warning of a configuration.
 *
 * @param line in the file, from 1; 0 if it is not about a line
 * @param path of the key, such as {@code providers[0].base_url}; {@code --set} for an override that
 *     cannot be applied; empty for the file as a whole
 * @param message what is wrong and what is expected; never contains a secret
 */
public record ConfigProblem(int line, String path, String message) {
  /** The problem on one line, as {@code file:line: path: message} without the unknown parts. */
  public String in(String file) {
    String place = line > 0 ? file + ":" + line : file;
    return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
