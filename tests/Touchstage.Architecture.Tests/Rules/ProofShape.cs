using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;
using Touchstage.Architecture.Tests.Reading;

namespace Touchstage.Architecture.Tests.Rules;

/// <summary>
/// A proof cannot be forged or changed: a sealed class, no record, with one private constructor, get-only members of immutable types, and nothing a deserialiser could use.
/// </summary>
public sealed class ProofShape
{
    private static readonly string[] Immutable =
    [
        "System.String", "System.Boolean", "System.Int32", "System.Int64", "System.Double", "System.Decimal", "System.DateTimeOffset", "System.TimeSpan", "System.Uri",
        "System.Nullable`1", "System.Text.Json.JsonElement", "System.Byte", "System.ReadOnlySpan`1",
    ];

    [Fact]
    public void Proofs_cannot_be_forged_or_changed() => Proof.All.SelectMany(proof => Violations(proof.In(Assemblies.Safety))).ShouldBeEmpty();

    [Theory]
    [InlineData("Sound")]
    [InlineData("Open", "is not sealed")]
    [InlineData("Copied", "is a record: `with` forges it", "has 2 constructors")]
    [InlineData("Value", "is a struct: `default` forges it")]
    [InlineData("Public", "has a constructor that is not private")]
    [InlineData("Twice", "has 2 constructors")]
    [InlineData("Empty", "has a constructor without parameters: a deserialiser's door")]
    [InlineData("Settable", "Name can be set")]
    [InlineData("Initialised", "Name can be set")]
    [InlineData("Writable", "name can be written")]
    [InlineData("Array", "<Roles>k__BackingField is a System.String[]")]
    [InlineData("Listing", "<Roles>k__BackingField is a System.Collections.Generic.List`1")]
    [InlineData("Viewing", "<Roles>k__BackingField is a System.Collections.Generic.IReadOnlyList`1")]
    [InlineData("Node", "<Arguments>k__BackingField is a System.Text.Json.Nodes.JsonNode")]
    [InlineData("Inside", "<Shelf>k__BackingField is a Planted.Shelf, whose Books can be written")]
    [InlineData("Nested", "<Roles>k__BackingField is a System.String[]")]
    [InlineData("Deep", "<Box>k__BackingField is a Planted.Box, whose Words is a System.String[]")]
    [InlineData("Serialised", "bears JsonConstructorAttribute")]
    public void Planted_proofs_of_a_wrong_shape_are_found(string type, params string[] violations) =>
        Violations(Assemblies.Planted("ProofShape").MainModule.GetType("Planted." + type)).ShouldBe(violations.Select(violation => $"{type}: {violation}"));

    private static IEnumerable<string> Violations(TypeDefinition proof) =>
        Kind(proof).Concat(Doors(proof)).Concat(proof.Fields.Where(field => !field.IsStatic).SelectMany(Changes)).Select(violation => $"{proof.Name}: {violation}");

    private static IEnumerable<string> Kind(TypeDefinition proof)
    {
        if (proof.IsValueType)
        {
            yield return "is a struct: `default` forges it";
        }

        if (!proof.IsSealed)
        {
            yield return "is not sealed";
        }

        if (proof.Methods.Any(method => method.Name is "<Clone>$"))
        {
            yield return "is a record: `with` forges it";
        }
    }

    private static IEnumerable<string> Doors(TypeDefinition proof)
    {
        var constructors = proof.GetConstructors().Where(constructor => !constructor.IsStatic).ToArray();
        if (constructors.Length is not 1)
        {
            yield return $"has {constructors.Length} constructors";
        }

        if (constructors.Any(constructor => !constructor.IsPrivate))
        {
            yield return "has a constructor that is not private";
        }

        if (constructors.Any(constructor => constructor.Parameters.Count is 0))
        {
            yield return "has a constructor without parameters: a deserialiser's door";
        }

        foreach (var property in proof.Properties.Where(property => property.SetMethod is not null))
        {
            yield return $"{property.Name} can be set";
        }

        foreach (var attribute in new ICustomAttributeProvider[] { proof }.Concat(proof.Methods).Concat(proof.Properties).Concat(proof.Fields).SelectMany(p => p.CustomAttributes)
                     .Where(a => a.AttributeType.Namespace.Contains("Serialization", StringComparison.Ordinal)))
        {
            yield return $"bears {attribute.AttributeType.Name}";
        }
    }

    private static IEnumerable<string> Changes(FieldDefinition field)
    {
        // The one thing that may change is whether the proof was spent.
        if (!field.IsInitOnly && field is not { Name: "spent", IsPrivate: true, FieldType.FullName: "System.Int32" } && !IsSettersField(field))
        {
            yield return $"{field.Name} can be written";
        }

        foreach (var violation in Mutable(field.FieldType, []))
        {
            yield return $"{field.Name} is a {violation}";
        }
    }

    private static bool IsSettersField(FieldDefinition field) => field.DeclaringType.Properties.Any(p => p.SetMethod is not null && field.Name == $"<{p.Name}>k__BackingField");

    private static IEnumerable<string> Mutable(TypeReference type, HashSet<string> seen) => type switch
    {
        ArrayType => [type.FullName],
        GenericInstanceType generic => Mutable(generic.ElementType, seen).Concat(generic.GenericArguments.SelectMany(argument => Mutable(argument, seen))),
        _ when Immutable.Contains(type.FullName, StringComparer.Ordinal) || type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen" => [],
        _ when type.Outermost().Namespace.Split('.')[0] is "Touchstage" or "Planted" => seen.Add(type.FullName) ? MutableInside(type.Resolve(), seen) : [],
        _ => [type.FullName],
    };

    // What a proof holds of the product's own types must be as still as the proof itself: no field that is written twice, and nothing mutable to be had from a member.
    private static IEnumerable<string> MutableInside(TypeDefinition type, HashSet<string> seen) => type.IsEnum || Proof.All.Any(proof => type.FullName.EndsWith(proof.Type, StringComparison.Ordinal))
        ? []
        :
        [
            .. type.Fields.Where(IsWritten).Select(field => $"{type.FullName}, whose {Readable(field)} can be written"),
            .. type.Properties.Where(property => property is { GetMethod: { IsStatic: false, IsPrivate: false }, Name: not "EqualityContract" })
                .Where(property => property.PropertyType.GetElementType().FullName is not "System.Collections.Generic.IEnumerable`1")
                .SelectMany(property => Mutable(property.PropertyType, seen).Select(part => $"{type.FullName}, whose {property.Name} is a {part}")),
        ];

    // A primary constructor's parameter is a field without `readonly`: what counts is whether anything but a constructor writes it.
    private static bool IsWritten(FieldDefinition field) => field is { IsStatic: false, IsInitOnly: false }
        && (!field.IsPrivate || NestedAndOwn(field.DeclaringType).Any(method => !method.IsConstructor
            && method.Instructions().Any(instruction => Writes(instruction) && instruction.Operand is FieldReference written && written.Name == field.Name)));

    // Reading an immutable collection, which is a struct, takes its address as well.
    private static bool Writes(Instruction instruction) => instruction.OpCode.Code is Code.Stfld
        || (instruction is { OpCode.Code: Code.Ldflda, Operand: FieldReference { FieldType.Namespace: not "System.Collections.Immutable" } });

    private static IEnumerable<MethodDefinition> NestedAndOwn(TypeDefinition type) => type.Methods.Concat(type.NestedTypes.SelectMany(NestedAndOwn));

    private static string Readable(FieldDefinition field) => field.Name.Split('<', '>') is [_, var name, _] ? name : field.Name;
}
