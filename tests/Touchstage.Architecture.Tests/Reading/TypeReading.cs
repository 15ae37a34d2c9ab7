using System.Runtime.CompilerServices;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Touchstage.Architecture.Tests.Reading;

/// <summary>Reads types as the rules ask of them.</summary>
internal static class TypeReading
{
    extension(AssemblyDefinition assembly)
    {
        /// <summary>Every type that somebody wrote, nested ones too; not what the compiler or a source generator made.</summary>
        public IEnumerable<TypeDefinition> WrittenTypes() => assembly.MainModule.GetAllTypes().Where(type => type.Name != "<Module>" && !type.IsGenerated());

        public IEnumerable<MethodDefinition> Methods() => assembly.MainModule.GetAllTypes().SelectMany(type => type.Methods);
    }

    extension(TypeReference type)
    {
        /// <summary>The type that a nested type is in, at the very outside.</summary>
        public TypeReference Outermost()
        {
            var element = type.GetElementType();
            while (element.DeclaringType is { } outer)
            {
                element = outer;
            }

            return element;
        }

        /// <summary>The type with all its generic arguments, element types and so on, each alone.</summary>
        public IEnumerable<TypeReference> Parts() => type switch
        {
            GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
            TypeSpecification specification => specification.ElementType.Parts(),
            GenericParameter => [],
            _ => [type],
        };

        public string ShortName() => type.FullName.Replace('/', '.');
    }

    extension(TypeDefinition type)
    {
        public bool IsGenerated() =>
            type.Name.Contains('<', StringComparison.Ordinal)
            || type.Namespace.StartsWith("System.", StringComparison.Ordinal)
            || type.Namespace.StartsWith("Microsoft.", StringComparison.Ordinal)
            || type.Namespace is "System"
            || type.CustomAttributes.Any(a => a.AttributeType.Name is nameof(CompilerGeneratedAttribute) or "GeneratedCodeAttribute")
            || (type.DeclaringType is { } outer && outer.IsGenerated());

        public bool IsDelegate() => type.BaseType?.FullName == "System.MulticastDelegate";

        /// <summary>Everything that the type names: in its declaration, its members' signatures and their bodies, nested types and attributes included.</summary>
        public IEnumerable<TypeReference> Uses() =>
            Declared(type).Concat(type.Methods.SelectMany(Signature)).Concat(type.Methods.SelectMany(Body)).Concat(type.NestedTypes.SelectMany(Uses)).SelectMany(Parts);
    }

    extension(MethodDefinition method)
    {
        public IEnumerable<Instruction> Instructions() => method.HasBody ? method.Body.Instructions : [];

        /// <summary>Whether the method is one that somebody wrote and others can call.</summary>
        public bool IsDoor() => method is { IsPrivate: false, IsConstructor: false, IsGetter: false } && !method.Name.Contains('<', StringComparison.Ordinal);
    }

    private static IEnumerable<TypeReference> Declared(TypeDefinition type) =>
    [
        .. type.BaseType is { } parent ? [parent] : Array.Empty<TypeReference>(),
        .. type.Interfaces.Select(i => i.InterfaceType),
        .. type.Fields.Select(f => f.FieldType),
        .. type.GenericParameters.SelectMany(p => p.Constraints).Select(c => c.ConstraintType),
        .. new ICustomAttributeProvider[] { type }.Concat(type.Fields).Concat(type.Properties).Concat(type.Methods).SelectMany(Attributes),
    ];

    private static IEnumerable<TypeReference> Attributes(ICustomAttributeProvider provider) => provider.CustomAttributes.SelectMany(attribute =>
        attribute.ConstructorArguments.Select(argument => argument.Value).OfType<TypeReference>().Prepend(attribute.AttributeType));

    private static IEnumerable<TypeReference> Signature(MethodReference method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(p => p.ParameterType),
        .. method is GenericInstanceMethod generic ? generic.GenericArguments : Enumerable.Empty<TypeReference>(),
    ];

    private static IEnumerable<TypeReference> Body(MethodDefinition method) => !method.HasBody ? [] :
        method.Body.Variables.Select(v => v.VariableType)
            .Concat(method.Body.ExceptionHandlers.Select(h => h.CatchType).OfType<TypeReference>())
            .Concat(method.Body.Instructions.SelectMany(instruction => instruction.Operand switch
            {
                TypeReference used => [used],
                MethodReference called => Signature(called).Prepend(called.DeclaringType),
                FieldReference touched => [touched.DeclaringType, touched.FieldType],
                _ => Enumerable.Empty<TypeReference>(),
            }));
}
