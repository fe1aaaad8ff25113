package io.rwsplit.weave;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * A driver whose classes were loaded before the agent: which subclasses are made beside them, and
 * what the bodies of the loaded ones become. Only sqlite-jdbc is known.
 *
 * <p>A JVM lets a loaded class have other bodies, but no further field, method or interface. So new
 * connections, statements, results and metadata are of subclasses, which are woven; they are
 * instances of the driver's classes as ever.
 */
final class LoadedDriver {
  /** What the names of the subclasses end with. */
  static final String SUFFIX = "$rwsplit";

  private static final String CONNECTION = "org/sqlite/jdbc4/JDBC4Connection";
  private static final String RESULT = "org/sqlite/jdbc4/JDBC4ResultSet";
  private static final String TEXT_OWNER = "org/sqlite/core/CoreStatement";
  private static final String TEXT = "sql";
  private static final String[] MADE = {
    RESULT,
    "org/sqlite/jdbc4/JDBC4Statement",
    "org/sqlite/jdbc4/JDBC4PreparedStatement",
    "org/sqlite/jdbc4/JDBC4DatabaseMetaData",
    CONNECTION
  };

  /** The class whose bodies are changed last: it makes the connections. */
  private static final String CONNECTS = "org/sqlite/JDBC";

  /** Where objects of {@link #MADE} are made, and what else tells; superclasses are added. */
  private static final String[] BODIES = {
    "org/sqlite/SQLiteConnection",
    TEXT_OWNER,
    "org/sqlite/javax/SQLitePooledConnectionHandle",
    "org/sqlite/Function",
    "org/sqlite/Collation",
    "org/sqlite/ProgressHandler",
    "org/sqlite/core/NativeDB"
  };

  private final ClassLoader loader;
  private final ClassFiles files;
  private final Hierarchy hierarchy = new Hierarchy();
  private final Joinpoints joinpoints = new Joinpoints();
  private final Map<String, LoadedClass> bodies = new LinkedHashMap<>();

  /**
   * @param connection the class of the driver's connections, as it is loaded
   */
  private LoadedDriver(Class<?> connection) {
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
    if (!connection.getName().replace('.', '/').equals(CONNECTION)
        || connection.getClassLoader() == null) {
      return null;
    }
    LoadedDriver driver = new LoadedDriver(connection);
    return driver.plan() ? driver : null;
  }

  /** The name of the class that its connections are instances of. */
  String name() {
    return CONNECTION.replace('/', '.');
  }

  ClassLoader loader() {
    return loader;
  }

  /** The loaded class's bodies as they are to be; null for a class that stays as it is. */
  LoadedClass bodies(String internalName) {
    return bodies.get(internalName);
  }

  /** Names of all classes whose bodies change, but of those that make connections. */
  List<String> first() {
    List<String> names = new ArrayList<>(bodies.keySet());
    names.remove(CONNECTS);
    return names;
  }

  /** Names of those that make connections. */
  List<String> last() {
    return Collections.singletonList(CONNECTS);
  }

  private boolean plan() {
    Set<String> found = new HashSet<>();
    for (String name : BODIES) {
      body(name);
    }
    body(CONNECTS).instance.putAll(joinpoints.of(Role.DRIVER));
    for (String name : MADE) {
      ClassFacts facts = hierarchy.of(files, name);
      if (facts.superName == null || Modifier.isFinal(new ClassReader(bytes(name)).getAccess())) {
        return false;
      }
      Set<Role> told = EnumSet.of(Role.CONNECTION, Role.STATEMENT, Role.PREPARED_STATEMENT);
      told.retainAll(facts.roles);
      if (told.isEmpty() && !name.equals(RESULT)) {
        continue;
      }
      for (String each = name; !each.startsWith("java/"); each = superName(each)) {
        LoadedClass body = body(each);
        for (Role role : told) {
          body.instance.putAll(joinpoints.of(role));
        }
        if (name.equals(RESULT)) {
          Joinpoint close = new Joinpoint("close", "()", Joinpoint.Shape.RESULT_CLOSE, 0);
          body.instance.put(close.key(), close);
        }
      }
    }
    for (Map.Entry<String, LoadedClass> each : bodies.entrySet()) {
      byte[] bytes = bytes(each.getKey());
      if (bytes == null) {
        return false;
      }
      found.addAll(made(bytes, each.getKey().equals(CONNECTS)));
    }
    return found.containsAll(Arrays.asList(MADE)) && hasText();
  }

  private LoadedClass body(String name) {
    LoadedClass body = bodies.get(name);
    if (body == null) {
      body = new LoadedClass(TEXT_OWNER, TEXT);
      body.statics.putAll(DriverJoinpoints.statics(name));
      body.instance.putAll(DriverJoinpoints.instance(name));
      for (String each : MADE) {
        body.made.put(each, each + SUFFIX);
      }
      bodies.put(name, body);
    }
    return body;
  }

  /** The classes of {@link #MADE} that a class makes objects of. */
  private static Set<String> made(byte[] bytes, boolean connects) {
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
                    if (opcode == Opcodes.NEW && connects == type.equals(CONNECTION)) {
                      found.add(type);
                    }
                  }
                };
              }
            },
            ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return found;
  }

  private boolean hasText() {
    boolean[] has = new boolean[1];
    new ClassReader(bytes(TEXT_OWNER))
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public FieldVisitor visitField(
                  int access, String name, String descriptor, String signature, Object value) {
                boolean visible = (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0;
                has[0] |= visible && name.equals(TEXT) && descriptor.equals("Ljava/lang/String;");
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
    String above = hierarchy.of(files, name).superName;
    if (above == null) {
      throw new IllegalStateException("no class file of " + name);
    }
    return above;
  }

  /** The subclasses' bytes by internal name, in an order in which they can be defined. */
  Map<String, byte[]> subclasses() {
    Map<String, byte[]> made = new LinkedHashMap<>();
    for (String name : MADE) {
      made.put(name + SUFFIX, subclass(name));
    }
    return made;
  }

  private byte[] subclass(String name) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    ClassVisitor weaver =
        name.equals(RESULT)
            ? new ResultWeaver(writer, inherited(name))
            : new ClassWeaver(writer, plan(name));
    weaver.visit(
        Opcodes.V1_8,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        name + SUFFIX,
        null,
        name,
        new String[0]);
    new ClassReader(bytes(name))
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String method, String descriptor, String generic, String[] thrown) {
                if (method.equals("<init>") && (access & Opcodes.ACC_PRIVATE) == 0) {
                  constructor(writer, access, name, descriptor, thrown);
                }
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    weaver.visitEnd();
    return writer.toByteArray();
  }

  private static void constructor(
      ClassVisitor to, int access, String superName, String descriptor, String[] thrown) {
    MethodVisitor body = to.visitMethod(access, "<init>", descriptor, null, thrown);
    body.visitCode();
    body.visitVarInsn(Opcodes.ALOAD, 0);
    int local = 1;
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      body.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local);
      local += argument.getSize();
    }
    body.visitMethodInsn(Opcodes.INVOKESPECIAL, superName, "<init>", descriptor, false);
    body.visitInsn(Opcodes.RETURN);
    body.visitMaxs(0, 0);
    body.visitEnd();
  }

  private ClassWeaver.Plan plan(String name) {
    ClassFacts facts = hierarchy.of(files, name);
    ClassWeaver.Plan plan = new ClassWeaver.Plan();
    plan.connectionField = facts.roles.contains(Role.CONNECTION);
    plan.statementField = facts.roles.contains(Role.STATEMENT);
    Map<String, Joinpoint> wanted = new HashMap<>();
    for (Role role : facts.roles) {
      wanted.putAll(joinpoints.of(role));
    }
    for (String each = name; !each.startsWith("java/"); each = superName(each)) {
      ClassFacts declares = hierarchy.of(files, each);
      wanted.putAll(DriverJoinpoints.instance(each));
      if (declares.roles.contains(Role.STATEMENT)) {
        // The last of them is the first class of the line with the role.
        plan.statementLine = each;
      }
      for (String method : declares.overridable()) {
        Joinpoint joinpoint = wanted.get(method.substring(0, method.indexOf(')') + 1));
        if (joinpoint != null && !plan.overridden.containsKey(method)) {
          plan.overridden.put(method, joinpoint);
        }
      }
      for (String method : declares.finals()) {
        if (wanted.containsKey(method.substring(0, method.indexOf(')') + 1))) {
          throw new IllegalStateException(each + "." + method + " is final");
        }
      }
    }
    return plan;
  }

  private Set<String> inherited(String from) {
    Set<String> methods = new HashSet<>();
    for (String each = from; !each.startsWith("java/"); each = superName(each)) {
      methods.addAll(hierarchy.of(files, each).overridable());
    }
    return methods;
  }
}
