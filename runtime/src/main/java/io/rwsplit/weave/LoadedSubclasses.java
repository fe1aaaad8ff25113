package io.rwsplit.weave;

import io.rwsplit.bootstrap.Loaded;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Makes the woven subclasses of a driver's loaded classes: with the hook's field, the driver's
 * constructors, and every method that is a joinpoint overridden. Used by one thread at a time.
 */
final class LoadedSubclasses {
  /** What their names end with. */
  static final String SUFFIX = Loaded.SUFFIX;

  private final LoadedFamily family;
  private final ClassFiles files;
  private final Hierarchy hierarchy;
  private final Joinpoints joinpoints;

  LoadedSubclasses(
      LoadedFamily family, ClassFiles files, Hierarchy hierarchy, Joinpoints joinpoints) {
    this.family = family;
    this.files = files;
    this.hierarchy = hierarchy;
    this.joinpoints = joinpoints;
  }

  /** The bytes of a class's subclass. */
  byte[] subclass(String name) {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    ClassVisitor weaver =
        name.equals(family.result)
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
                if (method.equals("<init>")) {
                  if ((access & Opcodes.ACC_PRIVATE) != 0) {
                    throw new IllegalStateException(name + descriptor + " is private");
                  }
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
    Joinpoint further =
        facts.roles.contains(Role.META_DATA) ? Joinpoints.ofDriversMetaData() : null;
    for (String each = name; !each.startsWith("java/"); each = superName(each)) {
      ClassFacts declares = hierarchy.of(files, each);
      wanted.putAll(DriverJoinpoints.instance(each));
      if (declares.roles.contains(Role.STATEMENT)) {
        // The last of them is the first class of the line with the role.
        plan.statementLine = each;
      }
      Set<String> mayRunSql = further == null ? Collections.emptySet() : further(each, false);
      Set<String> setters =
          ClassWeaver.hasFurtherSetters(declares, each)
              ? further(each, true)
              : Collections.emptySet();
      for (String method : declares.overridable()) {
        Joinpoint joinpoint = wanted.get(method.substring(0, method.indexOf(')') + 1));
        if (joinpoint == null && mayRunSql.contains(method)) {
          joinpoint = further;
        }
        if (joinpoint == null && setters.contains(method)) {
          joinpoint = Joinpoints.ofDriversSetter(method.substring(0, method.indexOf(')') + 1));
        }
        if (joinpoint != null && !plan.overridden.containsKey(method)) {
          plan.overridden.put(method, joinpoint);
        }
      }
      for (String method : declares.finals()) {
        Joinpoint joinpoint = wanted.get(method.substring(0, method.indexOf(')') + 1));
        if (joinpoint != null && !LoadedClass.tellsForAll(joinpoint)) {
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

  /**
   * Public methods of a class that JDBC may not know.
   *
   * @param setters true for setters of parameters; else those that may run SQL
   */
  private Set<String> further(String of, boolean setters) {
    Set<String> methods = new HashSet<>();
    new ClassReader(bytes(of))
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String method, String descriptor, String generic, String[] thrown) {
                String key = method + descriptor.substring(0, descriptor.indexOf(')') + 1);
                if (setters
                    ? ClassWeaver.isSetter(access, method, descriptor)
                    : ClassWeaver.mayRunSql(access, key, thrown)) {
                  methods.add(method + descriptor);
                }
                return null;
              }
            },
            ClassReader.SKIP_CODE);
    return methods;
  }

  private byte[] bytes(String name) {
    return files.of(name);
  }

  private String superName(String name) {
    return LoadedDriver.superName(hierarchy, files, name);
  }
}
