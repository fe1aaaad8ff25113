package io.rwsplit.weave;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * A driver whose classes were loaded before the agent: which subclasses are made beside them, and
 * what the bodies of the loaded ones become.
 *
 * <p>A JVM lets a loaded class have other bodies, but no further field, method or interface. So new
 * connections, statements, results and metadata are of subclasses, which are woven; they are
 * instances of the driver's classes as ever.
 */
final class LoadedDriver {
  private final LoadedFamily family;
  private final ClassLoader loader;
  private final ClassFiles files;
  private final Hierarchy hierarchy = new Hierarchy();
  private final Joinpoints joinpoints = new Joinpoints();

  /** Those of the family's classes that this version makes objects of. */
  private final List<String> made = new ArrayList<>();

  /** What bodies become in the first step. */
  private final Map<String, LoadedClass> first = new LinkedHashMap<>();

  /** What bodies of classes that make connections become in the second. */
  private final Map<String, LoadedClass> last = new LinkedHashMap<>();

  /**
   * @param connection the class of the driver's connections, as it is loaded
   */
  private LoadedDriver(LoadedFamily family, Class<?> connection) {
    this.family = family;
    this.loader = connection.getClassLoader();
    this.files = new ClassFiles(loader, connection.getProtectionDomain());
  }

  /**
   * A driver that can be attached to.
   *
   * @param connection a class of it that implements {@code Connection}
   * @return null for one that is left alone
   */
  static LoadedDriver of(Class<?> connection) {
    LoadedFamily family = LoadedFamily.of(connection.getName().replace('.', '/'));
    if (family == null || connection.getClassLoader() == null) {
      return null;
    }
    LoadedDriver driver = new LoadedDriver(family, connection);
    return driver.plan() ? driver : null;
  }

  /** The name of the class that its connections are instances of. */
  String name() {
    return family.connection.replace('/', '.');
  }

  ClassLoader loader() {
    return loader;
  }

  /** True for a frame of a thread that may be in a body of before which is to tell. */
  boolean isInside(StackTraceElement frame) {
    String type = frame.getClassName();
    if (family.inside != null) {
      return type.startsWith(family.inside);
    }
    LoadedClass body = first.get(type.replace('.', '/'));
    return body != null && body.tells(frame.getMethodName());
  }

  /** Bodies by the names of their classes: all but what makes connections. */
  Map<String, LoadedClass> first() {
    return first;
  }

  /** Those that make connections, by the names of their classes, which may be of the first too. */
  Map<String, LoadedClass> last() {
    return last;
  }

  private boolean plan() {
    Set<String> found = new HashSet<>();
    for (String name : family.made) {
      if (!name.contains("MetaData") || isConcrete(name)) {
        made.add(name);
      }
    }
    for (String name : family.bodies) {
      body(name);
    }
    for (String name : family.ifThere) {
      if (isThere(name)) {
        body(name);
      }
    }
    for (String name : made) {
      ClassFacts facts = hierarchy.of(files, name);
      if (facts.superName == null || Modifier.isFinal(new ClassReader(bytes(name)).getAccess())) {
        return false;
      }
      tell(name, facts.roles);
    }
    for (String name : family.sealed) {
      tell(name, hierarchy.of(files, name).roles);
    }
    for (String name : family.connects) {
      if (bytes(name) == null) {
        continue;
      }
      LoadedClass body = new LoadedClass(family);
      if (first.containsKey(name)) {
        body.copy(first.get(name));
      } else {
        fill(body, name);
      }
      if (hierarchy.of(files, name).roles.contains(Role.DRIVER)) {
        body.instance.putAll(joinpoints.of(Role.DRIVER));
      }
      body.made.put(family.connection, family.connection + LoadedSubclasses.SUFFIX);
      body.byConstructors = family.byConstructors;
      last.put(name, body);
    }
    Set<String> classes = new HashSet<>(first.keySet());
    classes.addAll(last.keySet());
    for (String name : classes) {
      byte[] bytes = bytes(name);
      if (bytes == null) {
        return false;
      }
      found.addAll(made(bytes, last.containsKey(name)));
    }
    return found.containsAll(made) && hasText();
  }

  /** Bodies of a class and of those above it tell what its roles ask for. */
  private void tell(String name, Set<Role> roles) {
    Set<Role> told = EnumSet.of(Role.CONNECTION, Role.STATEMENT, Role.PREPARED_STATEMENT);
    told.retainAll(roles);
    if (told.isEmpty() && !name.equals(family.result)) {
      return;
    }
    for (String each = name; !each.startsWith("java/"); each = superName(each)) {
      LoadedClass body = body(each);
      for (Role role : told) {
        body.instance.putAll(joinpoints.of(role));
      }
      if (name.equals(family.result)) {
        Joinpoint close = new Joinpoint("close", "()", Joinpoint.Shape.RESULT_CLOSE, 0);
        body.instance.put(close.key(), close);
      }
    }
  }

  private LoadedClass body(String name) {
    LoadedClass body = first.get(name);
    if (body == null) {
      body = new LoadedClass(family);
      fill(body, name);
      first.put(name, body);
    }
    return body;
  }

  private void fill(LoadedClass body, String name) {
    body.statics.putAll(DriverJoinpoints.statics(name));
    body.instance.putAll(DriverJoinpoints.instance(name));
    for (Joinpoint each : family.keptOnMaster(name)) {
      body.instance.put(each.key(), each);
    }
    for (String each : made) {
      if (!each.equals(family.connection)) {
        body.made.put(each, each + LoadedSubclasses.SUFFIX);
      }
    }
    // Its constructor is in a field of a class that is changed last.
    body.byConstructors = family.byConstructors && !Arrays.asList(family.connects).contains(name);
  }

  private boolean isConcrete(String name) {
    byte[] bytes = bytes(name);
    return bytes != null && !Modifier.isAbstract(new ClassReader(bytes).getAccess());
  }

  /** True for a class that can be loaded: what it needs beside the driver may be missing. */
  private boolean isThere(String name) {
    try {
      Class<?> found = Class.forName(name.replace('/', '.'), false, loader);
      return found.getClassLoader() == loader && found.getDeclaredMethods() != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  /** The classes to be replaced that a class makes objects of. */
  private Set<String> made(byte[] bytes, boolean connects) {
    Set<String> found = new HashSet<>();
    new ClassReader(bytes)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String descriptor, String signature, String[] thrown) {
                return new MethodVisitor(Opcodes.ASM9) {
                  @Override
                  public void visitTypeInsn(int opcode, String type) {
                    if (opcode == Opcodes.NEW && (connects || !type.equals(family.connection))) {
                      found.add(type);
                    }
                  }

                  @Override
                  public void visitLdcInsn(Object value) {
                    if (family.byConstructors
                        && name.equals("<clinit>")
                        && value instanceof String) {
                      found.add(((String) value).replace('.', '/'));
                    }
                  }
                };
              }
            },
            ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found;
  }

  private boolean hasText() {
    if (family.textOwner == null) {
      return true;
    }
    boolean[] has = new boolean[1];
    new ClassReader(bytes(family.textOwner))
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public FieldVisitor visitField(
                  int access, String name, String descriptor, String signature, Object value) {
                boolean visible = (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0;
                has[0] |=
                    visible && name.equals(family.text) && descriptor.equals("Ljava/lang/String;");
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return has[0];
  }

  private byte[] bytes(String name) {
    return files.of(name);
  }

  private String superName(String name) {
    return superName(hierarchy, files, name);
  }

  /** The superclass of a driver's class, which must be at hand. */
  static String superName(Hierarchy hierarchy, ClassFiles files, String name) {
    String above = hierarchy.of(files, name).superName;
    if (above == null) {
      throw new IllegalStateException("no class file of " + name);
    }
    return above;
  }

  /** The subclasses' bytes by internal name, in an order in which they can be defined. */
  Map<String, byte[]> subclasses() {
    LoadedSubclasses of = new LoadedSubclasses(family, files, hierarchy, joinpoints);
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    for (String name : made) {
      bytes.put(name + LoadedSubclasses.SUFFIX, of.subclass(name));
    }
    return bytes;
  }
}
