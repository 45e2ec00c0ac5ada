package com.langdock.reliability.gateway.journal.store;

/** What was added to the budget of one subject in one period, all credits together. */
public record CreditRow(String subject, String period, long nanodollars) {}
