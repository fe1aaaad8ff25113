package io.rwsplit.weave;

import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Weaves the JDBC classes of the driver families it was made for, and looks at no other class: the
 * name decides before a byte is read.
 *
 * <p>Thread-safe. A failure leaves the class as it is.
 */
public final class DriverTransformer implements ClassFileTransformer {
  /** Told about what could not be woven. */
  public interface Listener {
    /** A class stays as it is because of a fault of ours. */
    void failed(String internalName, Throwable cause);

    /** A method cannot be woven because the driver declares it final. */
    void unweavable(String internalName, String method);
  }

  private final String[] prefixes;
  private final Listener listener;
  private final Hierarchy hierarchy = new Hierarchy();
  private volatile Joinpoints joinpoints;

  /** Loaders that had classes of a driver before these could be woven, with the drivers. */
  private final Map<ClassLoader, Set<String>> unwoven = new WeakHashMap<>();

  private volatile boolean anyUnwoven;

  /** True until it is known which classes were loaded before. */
  private volatile boolean looking = true;

  /**
   * @param packagePrefixes internal names of driver packages, for example {@code org/sqlite/}
   */
  public DriverTransformer(Iterable<String> packagePrefixes, Listener listener) {
    int count = 0;
    for (String ignored : packagePrefixes) {
      count++;
    }
    this.prefixes = new String[count + 1];
    int i = 0;
    prefixes[count] = DriverJoinpoints.TOMCAT_LOADER;
    for (String prefix : packagePrefixes) {
      prefixes[i++] = prefix;
    }
    this.listener = listener;
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String className,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    if (className == null || redefined != null || !ofFamily(className)) {
      return null;
    }
    try {
      if ((looking || anyUnwoven) && stays(loader, family(className))) {
        return null;
      }
      return weave(new ClassFiles(loader, domain), className, bytes);
    } catch (Throwable t) {
      listener.failed(className, t);
      return null;
    }
  }

  /**
   * To be called once, after the JVM was given this transformer: where JDBC classes of a driver
   * were loaded before, the loader's are left alone for good, since a woven class relies on its
   * superclass being woven too.
   *
   * @param loaded all classes of the JVM
   * @return the drivers' connection classes that stay as they are; mostly none
   */
  public List<Class<?>> notice(Class<?>[] loaded) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> type : loaded) {
      String name = type.getName().replace('.', '/');
      if (ofFamily(name) && isOfJdbc(type)) {
        leave(type.getClassLoader(), family(name));
        if (Connection.class.isAssignableFrom(type)) {
          found.add(type);
        }
      }
    }
    looking = false;
    return found;
  }

  /**
   * To be called after {@link #notice}: loaded classes that connect, of drivers whose JDBC classes
   * are yet to be loaded, and so will be woven.
   */
  public List<Class<?>> connecting(Class<?>[] loaded) {
    List<Class<?>> found = new ArrayList<>();
    for (Class<?> type : loaded) {
      String name = type.getName().replace('.', '/');
      if (ofFamily(name) && !isOfJdbc(type) && !stays(type.getClassLoader(), family(name))) {
        boolean named =
            !DriverJoinpoints.statics(name).isEmpty() || !DriverJoinpoints.instance(name).isEmpty();
        if (named || (Driver.class.isAssignableFrom(type) && !type.isInterface())) {
          found.add(type);
        }
      }
    }
    return found;
  }

  private static boolean isOfJdbc(Class<?> type) {
    return !type.isInterface()
        && (Connection.class.isAssignableFrom(type)
            || Statement.class.isAssignableFrom(type)
            || ResultSet.class.isAssignableFrom(type)
            || DatabaseMetaData.class.isAssignableFrom(type));
  }

  private void leave(ClassLoader loader, String family) {
    synchronized (unwoven) {
      Set<String> families = unwoven.get(loader);
      if (families == null) {
        families = new HashSet<>();
        unwoven.put(loader, families);
      }
      families.add(family);
      anyUnwoven = true;
    }
  }

  private boolean stays(ClassLoader loader, String family) {
    synchronized (unwoven) {
      if (looking) {
        leave(loader, family);
      }
      Set<String> families = unwoven.get(loader);
      return families != null && families.contains(family);
    }
  }

  /** The first of the prefixes, which tells drivers apart. */
  private String family(String className) {
    for (String prefix : prefixes) {
      if (className.startsWith(prefix)) {
        return prefix;
      }
    }
    return "";
  }

  private boolean ofFamily(String className) {
    return !family(className).isEmpty();
  }

  private byte[] weave(ClassFiles files, String className, byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    if ((reader.getAccess() & Opcodes.ACC_INTERFACE) != 0) {
      return null;
    }
    if (ResultWeaver.isFor(className)) {
      ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
      reader.accept(new ResultWeaver(writer, inherited(files, reader.getSuperName())), 0);
      return writer.toByteArray();
    }
    ClassFacts facts = hierarchy.of(files, reader);
    ClassWeaver.Plan plan = plan(files, className, facts);
    if (plan.isEmpty()) {
      return null;
    }
    if (facts.roles.contains(Role.META_DATA)) {
      plan.constants = ConstantMethods.of(reader);
      plan.further = Joinpoints.ofDriversMetaData();
    }
    plan.furtherSetters = ClassWeaver.hasFurtherSetters(facts, className);
    ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
    reader.accept(new ClassWeaver(writer, plan), 0);
    return writer.toByteArray();
  }

  private ClassWeaver.Plan plan(ClassFiles files, String className, ClassFacts facts) {
    ClassWeaver.Plan plan = new ClassWeaver.Plan();
    plan.statics.putAll(DriverJoinpoints.statics(className));
    plan.wrapped.putAll(DriverJoinpoints.instance(className));
    if (facts.roles.isEmpty()) {
      return plan;
    }
    ClassFacts parent = wovenParent(files, facts);
    for (Role role : facts.roles) {
      if (role == Role.RESULT && !ResultWeaver.hasOthers(className)) {
        continue;
      }
      Map<String, Joinpoint> ofRole = joinpoints().of(role);
      plan.wrapped.putAll(ofRole);
      if (!parent.roles.contains(role)) {
        plan.connectionField |= role == Role.CONNECTION;
        plan.statementField |= role == Role.STATEMENT;
        plan.resultField |= role == Role.RESULT;
        inherited(files, className, facts.superName, ofRole, plan);
      }
    }
    return plan;
  }

  private Set<String> inherited(ClassFiles files, String from) {
    Set<String> methods = new HashSet<>();
    for (String name = from; name != null && !name.startsWith("java/"); ) {
      ClassFacts facts = hierarchy.of(files, name);
      methods.addAll(facts.overridable());
      name = facts.superName;
    }
    return methods;
  }

  /** The superclass's facts when it is woven too, else none: its roles begin here. */
  private ClassFacts wovenParent(ClassFiles files, ClassFacts facts) {
    return facts.superName != null && ofFamily(facts.superName)
        ? hierarchy.of(files, facts.superName)
        : ClassFacts.NONE;
  }

  /** Finds what the class inherits from superclasses that do not have the role themselves. */
  private void inherited(
      ClassFiles files,
      String className,
      String from,
      Map<String, Joinpoint> ofRole,
      ClassWeaver.Plan plan) {
    for (String name = from; name != null && !name.startsWith("java/"); ) {
      ClassFacts facts = hierarchy.of(files, name);
      for (String method : facts.overridable()) {
        Joinpoint joinpoint = ofRole.get(method.substring(0, method.indexOf(')') + 1));
        if (joinpoint != null && !plan.overridden.containsKey(method)) {
          plan.overridden.put(method, joinpoint);
        }
      }
      for (String method : facts.finals()) {
        if (ofRole.containsKey(method.substring(0, method.indexOf(')') + 1))) {
          listener.unweavable(className, method);
        }
      }
      name = facts.superName;
    }
  }

  private Joinpoints joinpoints() {
    Joinpoints made = joinpoints;
    if (made == null) {
      made = new Joinpoints();
      joinpoints = made;
    }
    return made;
  }
}
