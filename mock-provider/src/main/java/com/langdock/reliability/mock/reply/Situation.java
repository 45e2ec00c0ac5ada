package com.langdock.reliability.mock.reply;

import com.langdock.reliability.mock.fault.Fault;
import com.langdock.reliability.mock.format.ChatRequest;
import com.langdock.reliability.mock.format.Stamp;
import com.langdock.reliability.mock.settings.Settings;

/** Everything that a reply depends on. */
public record Situation(ChatRequest request, Settings settings, Fault fault, Stamp stamp) {}
