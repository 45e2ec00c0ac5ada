package com.langdock.reliability.mock.format;

import tools.jackson.databind.JsonNode;

/**
 * A tool that the model may call.
 *
 * @param parameters the JSON schema of its arguments; a missing node when there is none
 */
public record Tool(String name, JsonNode parameters) {}
