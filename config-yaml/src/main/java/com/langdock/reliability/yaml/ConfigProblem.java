package com.langdock.reliability.yaml;

/**
 * One thing that is wrong with a configuration, or that deserves a warning.
 *
 * @param line in the file, from 1; 0 where no line of the file is to blame
 * @param path of the key, such as {@code providers[0].base_url}; {@code --set} for an override that
 *     cannot be applied; empty for the file as a whole
 * @param message what is wrong and what would be right; never shows a secret
 */
public record ConfigProblem(int line, String path, String message) {
  /** One line for people: {@code file:line: path: message}, without what is not known. */
  public String in(String file) {
    String place = line > 0 ? file + ":" + line : file;
    return place + ": " + (path.isEmpty() ? "" : path + ": ") + message;
  }
}
