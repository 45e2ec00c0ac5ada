package com.langdock.reliability.gateway.keys.store;

/** What was added to the budget of one subject in one period, all credits together. */
public record CreditRow(String subject, String period, long nanodollars) {}
