package io.rwsplit.core;

/**
 * What class loaders of servlet containers tell of themselves. Stateless.
 *
 * <p>Tomcat's ({@code org.apache.catalina.loader.WebappClassLoaderBase}) have a state, which is set
 * when the web application is stopped.
 */
final class ContainerLoaders {
  private static final String TOMCAT = "org.apache.catalina.loader.WebappClassLoaderBase";

  private ContainerLoaders() {}

  /** True when the web application of the loader was stopped; false where that is not known. */
  static boolean isStopped(ClassLoader loader) {
    for (Class<?> type = loader.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(TOMCAT)) {
        try {
          String state = String.valueOf(type.getMethod("getState").invoke(loader));
          return state.equals("STOPPED") || state.equals("DESTROYED") || state.equals("FAILED");
        } catch (ReflectiveOperationException | RuntimeException e) {
          return false;
        }
      }
    }
    return false;
  }
}
