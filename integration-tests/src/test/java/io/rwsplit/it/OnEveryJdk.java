package io.rwsplit.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * A test whose first parameter is the {@link Jdk} for the forked JVM. A JDK that is not installed
 * is named in the report and on standard error, and its leg is not run.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(OnEveryJdk.Provider.class)
@ExtendWith(OnEveryJdk.MissingJdk.class)
public @interface OnEveryJdk {
  /** Supplies the JDKs. */
  final class Provider implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return Jdk.all().stream().map(Arguments::of);
    }
  }

  /** Says that a leg is not run, instead of running it. */
  final class MissingJdk implements InvocationInterceptor {
    @Override
    public void interceptTestTemplateMethod(
        Invocation<Void> invocation,
        ReflectiveInvocationContext<Method> method,
        ExtensionContext context)
        throws Throwable {
      Object first = method.getArguments().isEmpty() ? null : method.getArguments().get(0);
      if (first instanceof Jdk jdk && !jdk.isFound()) {
        System.err.println(
            method.getTargetClass().getSimpleName()
                + "."
                + method.getExecutable().getName()
                + ": "
                + first);
        invocation.skip();
      } else {
        invocation.proceed();
      }
    }
  }
}
