package com.langdock.reliability.bench.part;

import org.openjdk.jmh.annotations.Threads;

/** What the event loops share, by one thread: beside {@link TwoThreadsBench}. */
@Threads(1)
public class OneThreadBench extends SharedParts {}
