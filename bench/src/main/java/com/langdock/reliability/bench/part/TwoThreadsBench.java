package com.langdock.reliability.bench.part;

import org.openjdk.jmh.annotations.Threads;

/** What the event loops share, by two threads at once. */
@Threads(2)
public class TwoThreadsBench extends SharedParts {}
