package com.langdock.reliability.gateway;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/**
 * Handles signals of the operating system. The JDK's only API for them is {@code sun.misc.Signal},
 * which the compiler warns of; it is therefore called by reflection, and its absence is survived.
 */
final class Signals {
  private Signals() {}

  /**
   * Runs {@code action}, on a thread of its own, each time the process gets the signal {@code name}
   * (such as {@code HUP}), in place of what the JVM does. A signal that the process was started to
   * ignore is still ignored.
   */
  static void handle(String name, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler calls =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  action.run();
                  yield null;
                }
                case "equals" ->
                    System.identityHashCode(arguments[0]) == System.identityHashCode(proxy);
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "handler of " + name;
              };
      Object proxy =
          Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handler}, calls);
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | RuntimeException impossible) {
      LoggerFactory.getLogger(Signals.class)
          .atWarn()
          .addKeyValue("event", "signal_not_handled")
          .addKeyValue("signal", name)
          .log("the signal {} keeps its default effect: {}", name, impossible.toString());
    }
  }
}
